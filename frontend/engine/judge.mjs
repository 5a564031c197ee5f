// What the browser's engine finds in submissions: `node judge.mjs < request.json`, answers as JSON on stdout.
//
// request: {now, xform, records: [submission XML]}. For each record: {faults: [[path, code]], values: {path: text}}
// or {error}. Paths as the server writes them (rows from 1); code: required, constraint, and dropped for an answer that
// the engine did not take at all. values: what is relevant and not empty. Run it with TZ set.
import { text } from 'node:stream/consumers';
import { furnish, stopClock } from './shims.mjs';

furnish();
const { now, xform, records } = JSON.parse(await text(process.stdin));
if (now) stopClock(now);
const { loadForm } = await import('@getodk/xforms-engine');

const loaded = await loadForm(xform, {});
if (loaded.status === 'failure') {
  console.error(loaded.error.message);
  process.exit(1);
}

async function judge(xml) {
  const data = new FormData();
  data.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
  for (const photo of photos(xml)) data.set(photo, new File([''], photo, { type: 'image/jpeg' }));
  const { root } = await loaded.restoreInstance({ data: [data] });
  const values = {};
  const dropped = [];
  const sent = answers(xml);
  for (const node of leaves(root)) {
    const { reference, instanceValue } = node.currentState;
    const kept = instanceValue instanceof Blob ? instanceValue.name : instanceValue;
    if (kept) values[reference] = kept;
    if (sent.get(reference) && !same(sent.get(reference), kept, node)) dropped.push([reference, 'dropped']);
  }
  const violated = root.validationState.violations.map((v) => [v.reference, v.violation.condition]);
  return { faults: [...violated, ...dropped].sort(), values };
}

function* leaves(node) {
  const { children, relevant } = node.currentState;
  if (!relevant) return;
  if (children === null) yield node;
  else for (const child of children) yield* leaves(child);
}

/** What is computed is not sent; choices may come back in another order, numbers in another spelling. */
function same(sent, kept, node) {
  if (node.currentState.readonly || node.nodeType === 'model-value' || sent === kept) return true;
  const [ours, theirs] = [sent, kept].map((answer) => answer.trim().split(/\s+/).sort());
  return kept !== '' && ours.length === theirs.length && ours.every((word, n) => alike(word, theirs[n]));
}

const alike = (one, other) => one === other || Number(one) === Number(other);

/** Answers by path with places, rows counted by their elements. */
function answers(xml) {
  const found = new Map();
  const walk = (element, path) => {
    const parts = [...element.children];
    if (!parts.length) found.set(path, element.textContent);
    for (const part of parts) {
      const twins = parts.filter((other) => other.localName === part.localName);
      const place = repeats.has(bare(`${path}/${part.localName}`)) ? `[${twins.indexOf(part) + 1}]` : '';
      walk(part, `${path}/${part.localName}${place}`);
    }
  };
  const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
  walk(root, `/${root.localName}`);
  return found;
}

const bare = (path) => path.replaceAll(/\[\d+\]/g, '');
const form = new DOMParser().parseFromString(xform, 'text/xml');
const repeats = new Set([...form.getElementsByTagName('repeat')].map((repeat) => repeat.getAttribute('nodeset')));
const uploads = [...form.getElementsByTagName('upload')].map((upload) => upload.getAttribute('ref'));

function photos(xml) {
  return [...answers(xml)].filter(([path, name]) => name && uploads.includes(bare(path))).map(([, name]) => name);
}

const judged = [];
for (const xml of records) judged.push(await judge(xml).catch((error) => ({ error: String(error?.message ?? error) })));
process.stdout.write(JSON.stringify(judged));
