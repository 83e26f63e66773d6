import Optimizers
import TestSupport
import Torch

/// `Goldens/Optimizers/traces.json`: three parameters, five gradients, and where PyTorch's own
/// optimisers take them.
struct GoldenTraces: Decodable {
  typealias Values = [String: [Float]]
  struct Clipped: Decodable { var limit: Double, norm: Double, gradients: Values }

  var shapes: [String: [Int]], rates: [Double]
  var start: Values, gradients: [Values]
  var traces: [String: [Values]], clipped: [Clipped], averages: [String: [Values]]

  static func load() throws -> GoldenTraces { try Golden.load("Optimizers/traces.json") }

  /// The parameters at the start; the kernel channels-last, as networks hold it.
  var parameters: ParameterList {
    let names = ["bias", "kernel", "weight"]
    return ParameterList(
      names: names,
      tensors: names.map { name in
        let tensor = Tensor(start[name] ?? [], shape: shapes[name] ?? [])
        return (tensor.rank == 4 ? tensor.channelsLast() : tensor).requiringGrad()
      })
  }

  /// Lays the golden gradients of one step into the parameters, through `backward()`.
  func lay(_ step: Int, into list: ParameterList, except skipped: Set<String> = []) {
    list.clearGradients()
    for (name, tensor) in zip(list.names, list.tensors) where !skipped.contains(name) {
      (tensor * Tensor(gradients[step][name] ?? [], shape: tensor.shape)).sum().backward()
    }
  }

  /// Where tensors and golden values differ, in words; nil when they agree.
  static func mismatch(
    _ names: [String], _ tensors: [Tensor], _ golden: Values, relative: Double = 2e-6
  ) -> String? {
    for (name, tensor) in zip(names, tensors) {
      let found = difference(
        tensor.scalars(as: Float.self), golden[name] ?? [], relative: relative, absolute: 2e-7)
      if let found { return "\(name) \(found)" }
    }
    return nil
  }
}
