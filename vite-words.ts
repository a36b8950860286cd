import { compileMessage } from '@lingui/message-utils/compileMessage';
import { defineRolldownBabelPreset } from '@rolldown/plugin-babel';

type Node = { type: string; value?: unknown; key?: { name?: string }; properties?: Node[] };
type Types = { valueToNode(value: unknown): Node };

/** The property of that name whose value is a plain string. */
function textOf(properties: readonly Node[], name: string): (Node & { value: Node }) | undefined {
  const found = properties.find((property) => property.key?.name === name) as
    | (Node & { value: Node })
    | undefined;
  return found?.value.type === 'StringLiteral' ? found : undefined;
}

/**
 * Babel plugin: reads `{id, message: "Hello {name}"}` as the macro leaves it and puts the sentence
 * there already taken apart, so that no phone has to load a parser for sentences.
 */
function sentencesTakenApart({ types }: { types: Types }) {
  return {
    visitor: {
      ObjectExpression({ node }: { node: Node }) {
        const message = textOf(node.properties ?? [], 'message');
        if (!message || !textOf(node.properties ?? [], 'id')) return;
        message.value = types.valueToNode(compileMessage(String(message.value.value)));
      },
    },
  };
}

/** Turns `t`, `<Trans>` and `<Plural>` into plain calls, only in files that use them. */
export const words = defineRolldownBabelPreset({
  preset: {
    plugins: [
      ['@lingui/babel-plugin-lingui-macro', { stripMessageField: false }],
      sentencesTakenApart,
    ],
  },
  rolldown: { filter: { code: /@lingui\/(core|react)\/macro/ } },
});
