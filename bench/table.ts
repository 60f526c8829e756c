/** The rows as a Markdown table. */
import { met, type Row, ratio } from "./figure";

export function table(rows: readonly Row[]): string {
  const lines = rows.map((row) => {
    const times = ratio(row);
    return [
      row.what,
      figure(row, row.value),
      row.floor ? figure(row, row.floor.value) : "-",
      times?.toFixed(2) ?? "-",
      target(row),
    ];
  });
  const cells = [
    ["figure", "median (min to max)", "floor", "ratio", "target"],
    ["---", "---", "---", "---", "---"],
    ...lines,
  ];
  return cells.map((line) => `| ${line.join(" | ")} |`).join("\n");
}

function figure({ unit }: Row, { median, min, max }: Row["value"]): string {
  const text = (value: number) => (value >= 100 ? value.toFixed(0) : value.toPrecision(3));
  return min === max ? `${text(median)} ${unit}` : `${text(median)} ${unit} (${text(min)} to ${text(max)})`;
}

function target(row: Row): string {
  if (!row.target) return "-";
  const [sign, value] = "most" in row.target ? ["<=", row.target.most] : [">=", row.target.least];
  const unit = row.floor ? "x" : ` ${row.unit}`;
  return `${sign} ${Number.isInteger(value) ? value : value.toPrecision(2)}${unit}${met(row) ? "" : " **missed**"}`;
}
