public import OrderedCollections
public import Torch

/// The tensors of a network by name, in the network's order: what PyTorch calls a state dict.
public typealias StateDict = OrderedDictionary<String, Tensor>
