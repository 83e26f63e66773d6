import Networks
import Torch

/// A pass through a network that follows another: without gradients, and with nothing recorded.
struct TeacherPass: Pass {
  private let network: Network
  private let generator: Generator

  init(_ network: Network, generator: Generator) {
    (self.network, self.generator) = (network, generator)
  }

  func features(_ inputs: Inputs, branches: [Int]?, _ mode: Mode) -> [Tensor] {
    withoutGradients { network.features(inputs, branches: branches, context(mode)) }
  }

  func logits(of features: [Tensor], _ mode: Mode) -> [Tensor] {
    withoutGradients { network.logits(of: features, context(mode)) }
  }

  func projection(of features: [Tensor], _ mode: Mode) -> Tensor {
    withoutGradients { network.projection(of: features, context(mode)) }
  }

  func centres(_ mode: Mode) -> Tensor {
    withoutGradients { network.centres(context(mode)) }
  }

  func answer(_ heads: [Tensor]) -> Tensor { network.form.readout(heads) }

  func scores(of answer: Tensor, pixels: Tensor) -> Tensor {
    network.scores(of: answer, pixels: pixels)
  }

  func gradient(of value: Tensor, at inputs: Tensor) -> Tensor { value.gradient(at: inputs) }

  /// Batch statistics are used where the student's are, and never recorded: the teacher's own follow the student's.
  private func context(_ mode: Mode) -> Context {
    Context(mode == .learning ? .frozenStatistics : mode, generator: generator)
  }
}
