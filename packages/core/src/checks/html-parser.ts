/** All that is used of the HTML library, so that a bundle holds no more of it; loaded by who first reads a page. */
export { Parser } from 'htmlparser2';
