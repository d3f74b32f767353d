// Register <guidebook-chat>. Importing the class alone has no effect on a page; importing this file does.

import { GuidebookChat } from "./guidebook-chat.js";

if (!customElements.get("guidebook-chat")) customElements.define("guidebook-chat", GuidebookChat);
