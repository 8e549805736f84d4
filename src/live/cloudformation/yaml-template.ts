import { CollectionTag, parse, ScalarTag, Tags, YAMLMap } from 'yaml';
import { Template } from '../../engine/state/deployed-stack';

/**
 * Reads a template as people and the CDK's CLI write it: YAML 1.1 with short forms such as `!Ref`.
 *
 * Versions stay what is written: `1.30` is no number, and `2012-10-17` no time.
 *
 * @throws if it is none
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function parseYamlTemplate(body: string): Template {
  const customTags = (tags: Tags) => [...tags.filter((tag) => typeof tag === 'string' || !isReadAsText(tag)), ...shortFormsIn(body)];
  return parse(body, { version: '1.1', logLevel: 'error', stringKeys: true, uniqueKeys: false, customTags }) ?? {};
}

/** What YAML takes for a fraction or a time, CloudFormation hands on as a string. */
function isReadAsText({ tag, format }: Tags[number] & object & { readonly format?: string }): boolean {
  return tag === 'tag:yaml.org,2002:timestamp' || tag === 'tag:yaml.org,2002:float' || format === 'TIME';
}

/** Every tag is taken for the short form of a function, so that one that is new to CloudFormation is no literal either. */
function shortFormsIn(body: string): (ScalarTag | CollectionTag)[] {
  return [...new Set(body.match(/(?<![^\s[{,:-])![A-Za-z]\w*/g))].flatMap(tagsOf);
}

/** A short form stands before a scalar, a list or a map. */
function tagsOf(tag: string): (ScalarTag | CollectionTag)[] {
  const name = tag.slice(1);
  const longForm = ['Ref', 'Condition'].includes(name) ? name : `Fn::${name}`;
  const around: CollectionTag['resolve'] = (value) => {
    const map = new YAMLMap();
    map.add({ key: longForm, value });
    return map;
  };
  return [
    { tag, resolve: (text: string) => ({ [longForm]: name === 'GetAtt' ? attributeIn(text) : text }) },
    { tag, collection: 'seq', resolve: around },
    { tag, collection: 'map', resolve: around },
  ];
}

/** `!GetAtt Resource.Attribute`, where the attribute may have dots. */
function attributeIn(text: string): string[] {
  const dot = text.indexOf('.');
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}
