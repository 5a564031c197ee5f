import type { Component } from 'vue';

import { looks, type Leaf } from '../engine/nodes';
import DateControl from './controls/DateControl.vue';
import ListControl from './controls/ListControl.vue';
import MenuControl from './controls/MenuControl.vue';
import NumberControl from './controls/NumberControl.vue';
import PhotoControl from './controls/PhotoControl.vue';
import PointControl from './controls/PointControl.vue';
import RadioControl from './controls/RadioControl.vue';
import TextControl from './controls/TextControl.vue';
import TickControl from './controls/TickControl.vue';

export interface Control {
  kind: 'one' | 'radios' | 'ticks';
  component: Component;
}

const FEW = 6; // choices shown as circles
const MENU = 20; // and as a menu; above, a list with search
const BY_TYPE: Record<string, Component> = {
  int: NumberControl,
  decimal: NumberControl,
  date: DateControl,
  geopoint: PointControl,
};

/** What an answer is given with, by the question's type, its choices and its appearance. */
export function controlOf(node: Leaf, inTable: boolean): Control {
  if (node.nodeType === 'upload') return { kind: 'one', component: PhotoControl };
  if (node.nodeType !== 'select') return { kind: 'one', component: BY_TYPE[node.valueType] ?? TextControl };
  if (node.selectType === 'select') return { kind: 'ticks', component: TickControl };
  const number = node.currentState.valueOptions.length;
  if (looks(node, 'autocomplete') || number > MENU) return { kind: 'one', component: ListControl };
  if (inTable || looks(node, 'minimal') || number > FEW) return { kind: 'one', component: MenuControl };
  return { kind: 'radios', component: RadioControl };
}
