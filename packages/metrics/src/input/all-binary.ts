/** Whether every value is 0 or 1: no other bit is set in any, four at a time. */
export function allBinary(data: Uint8Array): boolean {
  let bits = 0;
  const even = data.length - (data.length % 4);
  for (let index = 0; index < even; index += 4)
    bits |= data[index]! | data[index + 1]! | data[index + 2]! | data[index + 3]!;
  for (let index = even; index < data.length; index++) bits |= data[index]!;
  return bits <= 1;
}
