/** Whether every value is 0 or 1. Four values are read at a time: no bit but their lowest may be set. */
export function allBinary(data: Uint8Array): boolean {
  const lead = -data.byteOffset & 3; // bytes before the first whole word
  if (data.length < lead) return data.every((value) => value <= 1);
  const words = new Uint32Array(data.buffer, data.byteOffset + lead, Math.floor((data.length - lead) / 4));
  let bits = 0;
  for (let index = 0; index < lead; index++) bits |= data[index];
  for (let index = 0; index < words.length; index++) bits |= words[index];
  for (let index = lead + 4 * words.length; index < data.length; index++) bits |= data[index];
  return (bits & 0xfefefefe) === 0;
}
