// Passkeys need script and a name of the server: their buttons appear only where they can work,
// and a refusal is said beside them.
"use strict";

function show(parts) {
  for (const part of document.querySelectorAll(parts)) {
    part.hidden = false;
  }
}

const IS_NUMBER = /^[\d.]+$|:/.test(window.location.hostname);

if (window.PublicKeyCredential && !IS_NUMBER) {
  show(".with-script");
} else {
  show(".without-passkeys");
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-error").hidden = false;
});
