// What @getodk/xforms-engine takes for granted in a browser, for Node: a document's classes and a clock that can be set.
import { createRequire } from 'node:module';
import { JSDOM } from 'jsdom';

const CLASSES = [
  'Attr', 'CDATASection', 'CharacterData', 'Comment', 'DOMParser', 'Document', 'DocumentFragment', 'Element',
  'HTMLElement', 'NamedNodeMap', 'Node', 'NodeFilter', 'NodeList', 'ProcessingInstruction', 'Text', 'XMLDocument',
  'XMLSerializer', 'XPathEvaluator', 'XPathExpression', 'XPathResult',
];

export function furnish() {
  const { window } = new JSDOM('');
  for (const name of CLASSES) globalThis[name] = window[name];
  globalThis.window = window;
  globalThis.document = window.document;
  globalThis.require = createRequire(import.meta.url);
  globalThis.__dirname = import.meta.dirname ?? process.cwd();
}

/** From now on it is always this instant. */
export function stopClock(instant) {
  const stopped = new Date(instant).getTime();
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...parts) {
      if (parts.length) super(...parts);
      else super(stopped);
    }
    static now() {
      return stopped;
    }
  };
}
