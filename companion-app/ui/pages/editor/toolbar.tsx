/** Which shot this is, what the hand draws, and the way back. */
import { ActionButton, ActionGroup, Item } from '@adobe/react-spectrum';
import { memo } from 'react';
import { editor } from '../../../../shared/words';
import { hrefOf } from '../../lib/hash';
import { useWords } from '../../lib/use-words';
import { chosenOne } from './panels/chosen-one';
import type { Steps } from './use-editor';

export const TOOLS = ['camera', 'regions', 'depth'] as const;
export type Tool = (typeof TOOLS)[number];

export interface ToolbarProps {
  readonly tool: Tool;
  readonly choose: (tool: Tool) => void;
  readonly steps: Steps;
  readonly name: string;
  readonly sequence: string;
}

/** Drawn anew only for another tool or step, not for every place a box is pulled to. */
export const Toolbar = memo(function Toolbar({ tool, choose, steps, name, sequence }: ToolbarProps) {
  const t = useWords();
  const { undo, redo, edited, restart } = steps;
  return (
    <div className="editor-toolbar row">
      <h2>
        <bdi>{name}</bdi>{' '}
        <small>
          <bdi>{sequence}</bdi>
        </small>
      </h2>
      <a href={hrefOf('editor')}>{t(editor.otherShot)}</a>
      <ActionGroup
        aria-label={t(editor.tools)}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[tool]}
        onSelectionChange={(keys) => choose(TOOLS.find((one) => one === chosenOne(keys)) ?? 'camera')}
        density="compact"
      >
        <Item key="camera">{t(editor.camera)}</Item>
        <Item key="regions">{t(editor.regions)}</Item>
        <Item key="depth">{t(editor.depth)}</Item>
      </ActionGroup>
      <ActionButton isDisabled={!undo} onPress={() => undo?.()}>
        {t(editor.undo)}
      </ActionButton>
      <ActionButton isDisabled={!redo} onPress={() => redo?.()}>
        {t(editor.redo)}
      </ActionButton>
      <ActionButton isQuiet isDisabled={!edited} onPress={restart}>
        {t(editor.asSent)}
      </ActionButton>
    </div>
  );
});
