import { nameMarkup } from '../../escape-markup';

/** The id of a class' part of the page. */
export function classId(column: number): string {
  return `class-${column + 1}`;
}

/** A link to a class' part of the page. */
export function classLink(column: number, labels: readonly string[]): string {
  return `<a href="#${classId(column)}">${nameMarkup(labels[column])}</a>`;
}
