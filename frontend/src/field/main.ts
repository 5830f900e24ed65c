// The app of inspectors: works without network, sends when there is one.

import { createApp } from "vue";
import FieldApp from "./FieldApp.vue";
import { open } from "./store/app";
import { show } from "./words";
import "./field.css";

show();
createApp(FieldApp).mount("#field");
void open();
if ("serviceWorker" in navigator) void navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" });
