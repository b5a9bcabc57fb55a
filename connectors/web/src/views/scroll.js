/** Follows the conversation to its end, unless the shopper has scrolled back to read. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { seen } from "../conversation.js";

/** Pixels from the end that still count as being there: less than a button, which must not hide below. */
const CLOSE = 32;

/**
 * @param {{current: HTMLElement}} scroller
 * @param {import("../types.js").State} state
 * @param {boolean} typing is the typing sign on screen?
 */
export function useScroll(scroller, state, typing) {
  const follows = useRef(true);
  const shown = useRef(0);
  const [away, setAway] = useState(false);
  const [leftAt, setLeftAt] = useState(0);
  const last = seen(state);
  const mine = state.outbox.at(-1)?.client_id;

  const rest = (atEnd) => {
    if (follows.current && !atEnd) setLeftAt(last);
    follows.current = atEnd;
    setAway(!atEnd);
  };
  const toEnd = (start = null) => {
    scrollTo(scroller.current, start);
    rest(isAtEnd(scroller.current));
  };
  const follow = () => {
    const start = newest(scroller.current, shown.current);
    shown.current = last;
    if (follows.current) toEnd(start);
  };
  const moved = () => isShown(scroller.current) && rest(isAtEnd(scroller.current));
  const resized = (appeared) => {
    const divider = appeared && scroller.current.querySelector(".divider");
    if (appeared || follows.current) toEnd(divider);
  };

  useLayoutEffect(() => mine && toEnd(), [mine]);
  useLayoutEffect(follow, [last, state.outbox, state.streams, typing]);
  useSize(scroller, resized);
  return { moved, toEnd: () => toEnd(), away, fresh: last > leftAt };
}

/** Where the first of the new messages begins. What was there at the start isn't new. */
function newest(box, shown) {
  return shown ? box.querySelector(`[data-seq="${shown + 1}"], .coming`) : null;
}

/** To the end, but not past the beginning of what is new: it is read from the top. */
function scrollTo(box, start) {
  const end = box.scrollHeight - box.clientHeight;
  const top = start ? start.offsetTop - 12 : end;
  box.scrollTop = Math.min(top, end);
}

function isAtEnd(box) {
  return box.scrollHeight - box.scrollTop - box.clientHeight < CLOSE;
}

function isShown(box) {
  return box.clientHeight > 0;
}

/** A keyboard that opens, or an input that grows, takes room from the end. Says whether the box has just appeared. */
function useSize(scroller, resized) {
  const latest = useRef(resized);
  latest.current = resized;
  useEffect(() => {
    let shown = false;
    const observer = new ResizeObserver(() => {
      const appeared = !shown && isShown(scroller.current);
      shown = isShown(scroller.current);
      if (shown) latest.current(appeared);
    });
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
}
