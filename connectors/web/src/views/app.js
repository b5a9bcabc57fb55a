/** The whole of the chat as the shopper sees it. */

import { html } from "htm/preact";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { createFormats, regional } from "../formats.js";
import { seen, unread } from "../conversation.js";
import { Launcher } from "./launcher.js";
import { Panel } from "./panel.js";
import { UiContext, useMedia, useStore } from "./ui.js";

/**
 * @param {object} props
 * @param {import("../types.js").Store} props.store
 * @param {import("../strings.js").Strings} props.strings
 * @param {Record<string, Function>} props.actions
 * @param {"auto"|"light"|"dark"} props.theme
 * @param {string} props.origin the server's
 */
export function App({ store, strings, actions, theme, origin }) {
  const state = useStore(store);
  const launcher = useRef(null);
  const input = useRef(null);
  const scroller = useRef(null);
  const dark = useMedia("(prefers-color-scheme: dark)");
  const used = useUsed(state.open);
  useFocus(state.open, launcher, input);
  useReading(state, actions);

  const ui = useMemo(() => {
    const { choose, retry, dismiss } = actions;
    const moving = { choose: thenMoveOn(choose), retry: thenMoveOn(retry), dismiss: thenMoveOn(dismiss) };
    const formats = createFormats(regional(strings.language));
    return { t: strings.t, has: strings.has, formats, origin, act: { ...actions, ...moving } };
  }, [strings, actions, origin]);

  /** What was pressed is gone, so the focus goes on: to the input, or on a touch screen where no keyboard pops up. */
  function thenMoveOn(action) {
    return (...details) => {
      action(...details);
      const next = matchMedia("(pointer: coarse)").matches ? scroller : input;
      next.current.focus({ preventScroll: true });
    };
  }

  return html`
    <${UiContext.Provider} value=${ui}>
      <div class="storehand ${isDark(theme, dark) ? "dark" : "light"}" dir=${strings.direction} lang=${strings.language}
        onKeyDown=${(event) => keyDown(event, state.open && actions.close)}>
        <${Launcher} unread=${state.open ? 0 : unread(state)} open=${state.open} button=${launcher} />
        ${used && html`<${Panel} state=${state} input=${input} scroller=${scroller} />`}
      </div>
    <//>
  `;
}

/** Nothing of the panel is there until it is wanted; then it stays, with its draft and its place. */
function useUsed(open) {
  const used = useRef(false);
  used.current ||= open;
  return used.current;
}

function isDark(theme, dark) {
  return theme === "dark" || (theme !== "light" && dark);
}

/** Escape closes. No key typed here reaches the shortcuts of the shop's page. */
function keyDown(event, close) {
  event.stopPropagation();
  if (event.key === "Escape" && !event.isComposing && close) close();
}

/** Opening leads to the input and closing back to the launcher, but not when the page has just loaded. */
function useFocus(open, launcher, input) {
  const before = useRef(open);
  useLayoutEffect(() => {
    if (before.current === open) return;
    before.current = open;
    if (open) input.current.focus();
    else if (isNowhere(document.activeElement, launcher.current)) launcher.current.focus();
  }, [open]);
}

function isNowhere(focused, launcher) {
  return !focused || focused === document.body || focused === launcher.getRootNode().host;
}

/** What is on a visible screen counts as read. */
function useReading(state, actions) {
  const [visible, setVisible] = useState(!document.hidden);
  useEffect(() => {
    const changed = () => setVisible(!document.hidden);
    document.addEventListener("visibilitychange", changed);
    return () => document.removeEventListener("visibilitychange", changed);
  }, []);
  useEffect(() => {
    if (state.open && visible) actions.read(seen(state));
  }, [state.open, visible, seen(state)]);
}
