"""How people come in: log-in, passwords, the second factor, and what ends a visit.

The libraries do the work (django-allauth, django-axes); here stands what we ask of them.
"""
