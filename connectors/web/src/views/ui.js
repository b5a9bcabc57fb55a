/** What every view needs: the words, the formats, and what the shopper can do. */

import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";

/**
 * @typedef {object} Ui
 * @property {import("../strings.js").Strings["t"]} t
 * @property {(key: string) => boolean} has
 * @property {ReturnType<import("../formats.js").createFormats>} formats
 * @property {string} origin the server's
 * @property {Record<string, Function>} act
 */

export const UiContext = createContext(null);

/** @returns {Ui} */
export function useUi() {
  return useContext(UiContext);
}

/** @param {import("../types.js").Store} store */
export function useStore(store) {
  const [, redraw] = useState(0);
  useEffect(() => store.subscribe(() => redraw((count) => count + 1)), [store]);
  return store.state;
}

/** Does the media query hold now? */
export function useMedia(query) {
  const [holds, setHolds] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const changed = () => setHolds(list.matches);
    list.addEventListener("change", changed);
    return () => list.removeEventListener("change", changed);
  }, [query]);
  return holds;
}

/** True once `condition` has held for some milliseconds: what comes and goes in a blink isn't shown. */
export function useLasting(condition, milliseconds) {
  const [lasted, setLasted] = useState(false);
  useEffect(() => {
    if (!condition) return setLasted(false);
    const timer = setTimeout(() => setLasted(true), milliseconds);
    return () => clearTimeout(timer);
  }, [condition, milliseconds]);
  return condition && lasted;
}
