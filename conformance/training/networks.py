"""The small networks of the comparison with Keras: each a list of layers as data, which TensorFlow.js builds too."""

import keras

KINDS = {
    "zeroPadding2d": keras.layers.ZeroPadding2D,
    "conv2d": keras.layers.Conv2D,
    "depthwiseConv2d": keras.layers.DepthwiseConv2D,
    "batchNormalization": keras.layers.BatchNormalization,
    "activation": keras.layers.Activation,
    "reLU": keras.layers.ReLU,
    "maxPooling2d": keras.layers.MaxPooling2D,
    "averagePooling2d": keras.layers.AveragePooling2D,
    "globalAveragePooling2d": keras.layers.GlobalAveragePooling2D,
    "add": keras.layers.Add,
    "concatenate": keras.layers.Concatenate,
    "dense": keras.layers.Dense,
}


class Network:
    """Collects layers. A layer's options have TensorFlow.js' names."""

    def __init__(self, image, size, gamma=(0.5, 1.0)):
        self.image, self.size, self.gamma = image, size, gamma
        self.layers = []

    def add(self, kind, name, *inputs, **options):
        self.layers.append({"kind": kind, "name": name, "inputs": inputs, "options": options})
        return name

    def conv(self, name, x, filters, kernel_size=3, strides=1, padding="same", bias=False, relu="relu"):
        options = {"kernelSize": kernel_size, "strides": strides, "padding": padding, "useBias": bias}
        x = self.add("conv2d", name, x, filters=filters, **options)
        return self.normalised(name, x, relu)

    def depthwise(self, name, x, strides=1, padding="same", relu="relu6"):
        options = {"kernelSize": 3, "strides": strides, "padding": padding, "useBias": False}
        return self.normalised(name, self.add("depthwiseConv2d", name, x, **options), relu)

    def normalised(self, name, x, relu):
        x = self.add("batchNormalization", f"{name}_bn", x, epsilon=1e-3, momentum=0.9)
        return self.relu(f"{name}_relu", x, relu) if relu else x

    def relu(self, name, x, relu="relu"):
        if relu == "relu6":
            return self.add("reLU", name, x, maxValue=6)
        return self.add("activation", name, x, activation="relu")

    def block(self, name, x, filters, strides=1, projection=False):
        short = self.conv(f"{name}_0", x, filters, 1, strides, relu=None) if projection else x
        x = self.conv(f"{name}_1", x, filters, 3, strides)
        x = self.conv(f"{name}_2", x, filters, 3, relu=None)
        return self.relu(f"{name}_out", self.add("add", f"{name}_add", short, x))

    def head(self, x, labels):
        x = self.add("globalAveragePooling2d", "pool", x)
        self.add("dense", "predictions", x, units=labels, activation="sigmoid")
        return self

    def data(self):
        return {"image": self.image, "size": self.size, "gamma": self.gamma, "layers": self.layers}


def resnet(size, filters, labels, nested=False):
    """ResNet's parts: a padded stem, max pooling, blocks with and without projection, padding before a valid convolution."""
    base = Network("base_image" if nested else "image", size)
    x = base.add("zeroPadding2d", "stem_pad", base.image, padding=1)
    x = base.conv("stem", x, filters, 3, 2, "valid", bias=True)
    x = base.add("zeroPadding2d", "pool_pad", x, padding=1)
    x = base.add("maxPooling2d", "stem_pool", x, poolSize=3, strides=2)
    x = base.block("one_a", x, filters, projection=True)
    x = base.block("one_b", x, filters)
    x = base.block("two_a", x, 2 * filters, 2, projection=True)
    x = base.block("two_b", x, 2 * filters)
    x = base.add("zeroPadding2d", "last_pad", x, padding=1)
    x = base.conv("last", x, 2 * filters, 3, 2, "valid")
    if not nested:
        return base.head(x, labels).data()
    outer = Network("image", size)
    outer.layers.append({"kind": "network", "name": "base", "inputs": ["image"], "network": base.data()})
    return outer.head("base", labels).data()


def branching(size, filters, labels):
    """MobileNet's and Inception's parts: depthwise convolutions, ReLU6, average pooling, branches laid side by side."""
    net = Network("image", size, gamma=(1.0, 3.0))
    x = net.conv("stem", "image", filters, 3, 2, bias=True, relu="relu6")
    left = net.depthwise("left_depthwise", x)
    left = net.conv("left", left, filters, 1, relu=None)
    right = net.add("averagePooling2d", "right_pool", x, poolSize=3, strides=1, padding="same")
    right = net.conv("right", right, filters, 1)
    x = net.add("concatenate", "branches", left, right)
    x = net.add("zeroPadding2d", "down_pad", x, padding=[[0, 1], [0, 1]])
    x = net.depthwise("down", x, 2, "valid")
    x = net.conv("last", x, 2 * filters, 1, relu="relu6")
    x = net.add("averagePooling2d", "last_pool", x, poolSize=2)
    return net.head(x, labels).data()


def build(data, name=None):
    """The Keras model of a network."""
    outputs = {data["image"]: keras.Input((*data["size"], 3), name=data["image"])}
    image = outputs[data["image"]]
    for layer in data["layers"]:
        inputs = [outputs[x] for x in layer["inputs"]]
        if layer["kind"] == "network":
            made = build(layer["network"], layer["name"])
        else:
            options = {snake(option): value for option, value in layer["options"].items()}
            made = KINDS[layer["kind"]](name=layer["name"], **options)
        x = outputs[layer["name"]] = made(inputs if len(inputs) > 1 else inputs[0])
    return keras.Model(image, x, name=name)


def snake(name):
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)
