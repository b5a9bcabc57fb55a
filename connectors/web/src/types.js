/**
 * What goes over the wire and what the views read. Only types; nothing of this file is in the bundle.
 *
 * @typedef {{title: string, token: string}} Choice
 *
 * @typedef {object} Message One line of the conversation, as the server stored it.
 * @property {number} seq 1, 2, 3, … without holes
 * @property {"shopper"|"bot"|"agent"|"notice"} from
 * @property {string|null} client_id the shopper's own id of a message, known before the server numbered it
 * @property {string} at ISO time
 * @property {string} text
 * @property {Choice[]} buttons
 * @property {object|null} card what comes with the words; the shapes are in README.md
 * @property {string|null} stream_id the stream that this message completes
 * @property {Progress|null} progress how far the form is that asks
 * @property {Values|null} values what the shopper chose in an item picker
 *
 * @typedef {{step: number, of: number}} Progress step 1 is the first
 * @typedef {Record<string, number>} Values how many of each item, by its id; those with none aren't in it
 *
 * @typedef {{code: string, text: string|null, retry_at: number|null}} Failure
 *
 * @typedef {object} Unsent One thing the shopper said that the server hasn't numbered yet.
 * @property {string} client_id
 * @property {"say"|"choose"|"photo"} kind
 * @property {string} text what the bubble shows; for a choice, its title
 * @property {string|null} token of a choice
 * @property {Values|null} values of a choice in an item picker
 * @property {object|null} card of a photo: with its `blob`, `width` and `height`
 * @property {string} at
 * @property {"waiting"|"sending"|"sent"|"failed"} status `sent`: the server has it, its number is on the way
 * @property {number} after the last message shown when it failed: it stays below that one
 * @property {Failure|null} failure
 *
 * @typedef {object} Session
 * @property {string} token
 * @property {string} conversation
 * @property {string} language
 * @property {number} max_characters
 * @property {{first_name: string}|null} customer
 *
 * @typedef {object} State
 * @property {string|null} conversation
 * @property {{first_name: string}|null} customer
 * @property {string|null} language what the server speaks with this shopper
 * @property {number} maxCharacters
 * @property {Message[]} messages the run without holes, from 1
 * @property {Message[]} held those after a hole, until it is filled
 * @property {number} latest the highest number known to exist
 * @property {Unsent[]} outbox
 * @property {boolean} typing
 * @property {{id: string, text: string}[]} streams
 * @property {"idle"|"connecting"|"online"|"offline"|"refused"} network
 * @property {string|null} refusal the server's words when it refuses this page
 * @property {boolean} open
 * @property {number} read the last message the shopper has had before their eyes
 * @property {number|null} divider "New messages" stands below this number
 *
 * @typedef {{readonly state: State, dispatch: (event: object) => void, subscribe: (listen: () => void) => () => void}} Store
 */

export {};
