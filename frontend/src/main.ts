import './styles/tabler.scss';
import './styles/dajian.css';

import htmx from 'htmx.org';

import { openDialogs } from './dialogs';
import { warnOfUnsaved } from './unsaved';
import { focusSearch } from './keys';
import { closeMenus } from './menus';
import { keepScroll } from './scroll';
import { sendOnce } from './sending';
import { submitOnChange } from './filters';
import { showChosenFile } from './files';
import { tickAll } from './ticks';
import { printAndFocus } from './printing';
import { forgetPages } from './leaving';
import { chooseSuggestions } from './suggestions';

// The page's security policy knows no eval; fragments bring no scripts and come from this site only.
Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  includeIndicatorStyles: false,
  selfRequestsOnly: true,
});

for (const begin of [
  openDialogs, warnOfUnsaved, focusSearch, closeMenus, keepScroll, sendOnce, submitOnChange, showChosenFile, tickAll,
  printAndFocus, forgetPages, chooseSuggestions,
]) {
  begin(document);
}
