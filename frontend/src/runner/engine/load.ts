import { shallowReactive } from 'vue';
import { loadForm, type FormInstanceConfig, type InstanceData, type RootNode } from '@getodk/xforms-engine';

export interface OpenedForm {
  restore(xml: string, photos: readonly File[]): Promise<RootNode>;
  title: string;
}

/** The photos keep the names under which they were stored. */
const CONFIG: FormInstanceConfig = {
  stateFactory: ((state: object) => shallowReactive(state)) as FormInstanceConfig['stateFactory'],
  instanceAttachments: { fileNameFactory: (meta) => `${meta.basename}${meta.extension ?? ''}` },
};

/** Loads an XForm once; each draft is restored into it anew. Throws an Error whose message is for people. */
export async function openForm(xform: string): Promise<OpenedForm> {
  const loaded = await loadForm(xform, {});
  if (loaded.status === 'failure') throw new Error(`问卷无法打开：${loaded.error.message}`);
  return {
    title: new DOMParser().parseFromString(xform, 'text/xml').querySelector('title')?.textContent ?? '',
    async restore(xml, photos) {
      const data = new FormData();
      data.set('xml_submission_file', new File([xml], 'xml_submission_file', { type: 'text/xml' }));
      for (const photo of photos) data.set(photo.name, photo);
      const instance = await loaded.restoreInstance({ data: [data as InstanceData] }, CONFIG);
      return instance.root;
    },
  };
}
