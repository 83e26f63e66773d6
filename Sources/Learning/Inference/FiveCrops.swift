import Networks
import Torch

/// An image judged by five crops: its four corners and its middle, whose answers are averaged.
struct FiveCrops {
  /// Sides of a crop in pixels.
  let height, width: Int

  /// The crops of a batch of images; the batch alone where it is no larger than a crop.
  ///
  /// - Parameter inputs: `[N, 3, H, W]`.
  func callAsFunction(_ inputs: Inputs) -> [Inputs] {
    let (free, spare) = (inputs.values.shape[2] - height, inputs.values.shape[3] - width)
    guard free > 0 || spare > 0 else { return [inputs] }
    let corners = [(0, 0), (0, spare), (free, 0), (free, spare)]
    return (corners + [middle(free, spare)]).map { crop(inputs, $0) }
  }

  /// The middle one alone.
  func middle(of inputs: Inputs) -> Inputs {
    let (free, spare) = (inputs.values.shape[2] - height, inputs.values.shape[3] - width)
    return free > 0 || spare > 0 ? crop(inputs, middle(free, spare)) : inputs
  }

  private func middle(_ free: Int, _ spare: Int) -> (Int, Int) {
    func half(_ pixels: Int) -> Int { Int((Double(pixels) / 2).rounded(.toNearestOrEven)) }
    return (half(free), half(spare))
  }

  private func crop(_ inputs: Inputs, _ place: (top: Int, left: Int)) -> Inputs {
    inputs.with(
      values: inputs.values.narrowed(dim: 2, start: place.top, length: height)
        .narrowed(dim: 3, start: place.left, length: width).channelsLast())
  }
}

extension Outputs {
  /// The mean of several answers to the same examples.
  static func mean(of all: [Outputs]) -> Outputs {
    guard all.count > 1 else { return all[0] }
    func mean(_ parts: [Tensor]) -> Tensor {
      parts.dropFirst().reduce(parts[0], +) / Double(parts.count)
    }
    return Outputs(
      features: all[0].features.indices.map { place in mean(all.map { $0.features[place] }) },
      heads: all[0].heads.indices.map { place in mean(all.map { $0.heads[place] }) },
      logits: mean(all.map(\.logits)),
      // The most that any of them engaged.
      engaged: all.dropFirst().reduce(all[0].engaged) { most, one in
        most.flatMap { most in one.engaged.map { most.maximum($0) } }
      })
  }
}
