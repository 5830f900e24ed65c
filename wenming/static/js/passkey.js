// Passkeys need script and a name of the server: their buttons appear only where they can work,
// and a refusal is said beside them.
"use strict";

const IS_NUMBER = /^[\d.]+$|:/.test(window.location.hostname);

if (window.PublicKeyCredential && !IS_NUMBER) {
  for (const part of document.querySelectorAll(".with-script")) {
    part.hidden = false;
  }
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.getElementById("passkey-error").hidden = false;
});
