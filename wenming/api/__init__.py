"""The interface for programs (数据接口): what the pages do, as JSON, by the same services."""
