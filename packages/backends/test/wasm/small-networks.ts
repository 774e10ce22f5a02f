import * as tfl from '@tensorflow/tfjs-layers';

type Value = tfl.SymbolicTensor;

/** Layers of a network with weights that depend on the order of the calls alone. */
function seededLayers() {
  let seed = 0;
  const init = () => tfl.initializers.heNormal({ seed: ++seed });
  const normed = (x: Value) => tfl.layers.batchNormalization({}).apply(x) as Value;
  return {
    conv: (x: Value, filters: number, kernelSize: number, strides = 1, padding: 'same' | 'valid' = 'same') =>
      normed(
        tfl.layers
          .conv2d({ filters, kernelSize, strides, padding, useBias: false, kernelInitializer: init() })
          .apply(x) as Value,
      ),
    depthwise: (x: Value, strides = 1, padding: 'same' | 'valid' = 'same') =>
      normed(
        tfl.layers
          .depthwiseConv2d({ kernelSize: 3, strides, padding, useBias: false, depthwiseInitializer: init() })
          .apply(x) as Value,
      ),
    relu: (x: Value) => tfl.layers.reLU().apply(x) as Value,
    relu6: (x: Value) => tfl.layers.reLU({ maxValue: 6 }).apply(x) as Value,
    pad: (x: Value, padding: number | [[number, number], [number, number]]) =>
      tfl.layers
        .zeroPadding2d({ padding: typeof padding === 'number' ? [padding, padding] : padding })
        .apply(x) as Value,
    add: (a: Value, b: Value) => tfl.layers.add().apply([a, b]) as Value,
    head: (input: Value, x: Value) => {
      const pooled = tfl.layers.globalAveragePooling2d({}).apply(x);
      const outputs = tfl.layers
        .dense({ units: 3, activation: 'sigmoid', kernelInitializer: init() })
        .apply(pooled) as Value;
      return tfl.model({ inputs: input, outputs });
    },
  };
}

/** ResNet50 in small, for odd-sized images: a padded stem, max pooling, a block that strides, one that doesn't. */
export function smallResnet(): tfl.LayersModel {
  const { conv, relu, pad, add, head } = seededLayers();
  const input = tfl.input({ shape: [27, 27, 3] });
  const stem = relu(conv(pad(input, 3), 8, 7, 2, 'valid'));
  const pooled = tfl.layers.maxPooling2d({ poolSize: 3, strides: 2 }).apply(pad(stem, 1)) as Value;
  const block = (x: Value, narrow: number, wide: number, strides: number, shortcut: Value) => {
    const branch = conv(relu(conv(relu(conv(x, narrow, 1, strides)), narrow, 3)), wide, 1);
    return relu(add(branch, shortcut));
  };
  const first = block(pooled, 4, 16, 1, conv(pooled, 16, 1));
  const second = block(first, 8, 24, 2, conv(first, 24, 1, 2));
  return head(input, block(second, 8, 24, 1, second));
}

/** MobileNetV2 in small: depthwise separable convolutions, Keras' uneven padding before strides, ReLU6, a residual. */
export function smallMobilenet(): tfl.LayersModel {
  const { conv, depthwise, relu6, pad, add, head } = seededLayers();
  const input = tfl.input({ shape: [24, 24, 3] });
  const uneven: [[number, number], [number, number]] = [
    [0, 1],
    [0, 1],
  ];
  const stem = relu6(conv(pad(input, uneven), 8, 3, 2, 'valid'));
  const separable = conv(relu6(depthwise(stem)), 8, 1);
  const wide = relu6(conv(separable, 24, 1));
  const down = conv(relu6(depthwise(pad(wide, uneven), 2, 'valid')), 12, 1);
  const again = conv(relu6(depthwise(relu6(conv(down, 24, 1)))), 12, 1);
  return head(input, relu6(add(down, again)));
}
