import Foundation
import Networks
import OrderedCollections
import TestSupport
import Torch
import Weights

/// One file of `Goldens/Networks`, written by PyTorch.
struct GoldenNetwork: Decodable {
  /// A forward and backward pass.
  struct Case: Decodable {
    let shape: [Int]
    let images: Int
    let logits: [Double]
    /// Norm, then the first elements.
    let gradients: [String: [Double]]
    let statistics: [String: [Double]]?
  }

  /// Name and shape of a tensor.
  struct Entry: Decodable {
    let name: String
    let shape: [Int]

    init(from decoder: any Decoder) throws {
      var list = try decoder.unkeyedContainer()
      name = try list.decode(String.self)
      shape = try list.decode([Int].self)
    }
  }

  let tensors: [Entry]
  let eval: Case
  let train: Case?
  /// Absent of large networks, of which one case in float64 is enough.
  let float32: Case?

  init(_ name: String) throws { self = try Golden.load("Networks/\(name).json") }

  /// Channels of its images or series, width of its features.
  var inputs: Int { eval.shape[1] }
}

/// Images as they reach a network, the channels of a pixel side by side; what is no image as it is.
func inLayout(_ x: Tensor) -> Tensor { x.rank == 4 ? x.channelsLast() : x }

/// Architectures by what tests may ask of them.
enum ArchitectureNames {
  static let all = Architectures.all.map(\.name)
  /// Those of which a few copies are soon made; larger ones of their family differ in depth and width alone.
  static let quick = all.filter { !isLarge($0) }
  static let large = all.filter(isLarge)
  /// One of each family, for what holds of a family if it holds of one; all the quick ones in the proofs.
  static let families =
    Proofs.areAsked
    ? quick
    : [
      "mobilenet_v2", "resnet20", "resnet50", "bit_m_r50x1", "efficientnet_lite0",
      "mobilenetv3_small_100", "densenet121", "efficientnet_b0_torch", "regnety_004",
      "convnextv2_tiny",
      "swin_tiny_patch4_window7_224", "vit_small_patch14_reg4_dinov2", "vit_small_patch16_dinov3",
      "linear", "mlp", "inception_time",
    ]

  private static func isLarge(_ name: String) -> Bool {
    [
      "_base", "_large", "convnext_small", "swin_small", "v3_large", "regnety_008",
      "regnety_016", "regnety_032", "b1_torch", "b2_torch", "b3_torch", "b4_torch",
    ].contains(where: name.contains)
  }
}

extension Architecture {
  /// The shape of a batch that is quick to run: 32 pixels a side (28 where patches have 14), 8 features, 3 channels of 20 steps.
  func quickShape(rows: Int) -> [Int] {
    switch input {
    case .images: sideMultiple == 14 ? [rows, 3, 28, 28] : [rows, 3, 32, 32]
    case .features: [rows, 8]
    case .series: [rows, 3, 20]
    }
  }
}

/// The pseudo-random tensors of `golden.py`, number for number.
enum GoldenRule {
  static let projection = 10_001

  /// `count` values in [-0.5, 0.5).
  static func centred(_ number: Int, _ count: Int) -> [Double] {
    let start = UInt32(truncatingIfNeeded: number &* 0x85EB_CA77)
    return (1...max(count, 1)).prefix(count).map { index in
      var x = UInt32(truncatingIfNeeded: index) &* 0x9E37_79B1 &+ start
      x ^= x >> 16
      x = x &* 0x7FEB_352D
      x ^= x >> 15
      x = x &* 0x846C_A68B
      x ^= x >> 16
      return Double(x) / 4_294_967_296 - 0.5
    }
  }

  static func tensor(_ number: Int, _ shape: [Int], scale: Double = 1, _ dtype: DType) -> Tensor {
    let values = centred(number, shape.reduce(1, *)).map { $0 * scale }
    return Tensor(values, shape: shape).to(dtype)
  }

  /// Gives every tensor of `network` its value by rule.
  static func fill(_ network: Network) {
    withoutGradients {
      for (number, (name, tensor)) in network.stateDict.enumerated()
      where !name.hasSuffix("num_batches_tracked") {
        let shape = tensor.shape
        let values = centred(number, tensor.count)
        let scaled: [Double] =
          if shape.count > 1 {
            values.map { $0 * (12 / Double(tensor.count / shape[0])).squareRoot() }
          } else if name.hasSuffix("running_var") {
            values.map { 1 + $0 }
          } else if name.hasSuffix("weight") {
            values.map { 1 + 0.5 * $0 }
          } else {
            values.map { 0.5 * $0 }
          }
        let quiet = name.contains(".gn3.") ? scaled.map { 0.1 * $0 } : scaled
        tensor.copy(from: Tensor(quiet, shape: shape))
      }
    }
  }
}
