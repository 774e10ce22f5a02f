/** Whether no value is NaN or infinite: in four sums of 0 · value, so that no addition waits for the one before. */
export function allFinite(data: Float32Array | Float64Array): boolean {
  let [a, b, c, d] = [0, 0, 0, 0];
  const even = data.length - (data.length % 4);
  for (let index = 0; index < even; index += 4) {
    a += data[index]! * 0;
    b += data[index + 1]! * 0;
    c += data[index + 2]! * 0;
    d += data[index + 3]! * 0;
  }
  for (let index = even; index < data.length; index++) a += data[index]! * 0;
  return a + b + c + d === 0;
}
