import Foundation

/// A few numbers beside frozen weights: what learns of a large network in the place of its own tensors.
///
/// LoRA adds a product of two thin matrices to each linear layer of the blocks, y = W x + b + (α / r) B A x, with A
/// `[r, in]` and B `[out, r]`. Hu et al., *LoRA: low-rank adaptation of large language models*, ICLR 2022. AdaptFormer
/// adds a narrow path beside each perceptron, y = x + perceptron(norm(x)) + s · up(relu(down(norm(x)))). Chen et al.,
/// *AdaptFormer*, NeurIPS 2022, in the form of LIFT's code (Shi et al., ICML 2024): its own normalisation, and a learned
/// s that begins as 1; the first paper has neither, and s = 0.1. B and `up` begin as 0, so the network begins as it was.
public struct Adapter: Sendable, Equatable, Codable {
  /// Kinds of adapters, as models and files name them.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    /// A product of thin matrices in each linear layer of the blocks.
    case lora
    /// A narrow path beside each perceptron.
    case adaptFormer = "adaptformer"
  }

  /// What is added.
  public var kind: Kind
  /// r, the width of what is added, from 0: 0 adds nothing. `nil` is LIFT's width, which follows from the number of
  /// classes C and of blocks L: the largest power of two up to C / (2 L), and at least 1.
  public var rank: Int?
  /// α of LoRA, at least 0, so that B A x counts α / r; `nil` is α = r. AdaptFormer has none.
  public var alpha: Double?

  /// An adapter; α as in the paper is r, which is not tuned.
  ///
  /// - Parameters:
  ///   - kind: what is added.
  ///   - rank: r, from 0; `nil` is LIFT's.
  ///   - alpha: α of LoRA, at least 0; `nil` is r.
  public init(_ kind: Kind, rank: Int?, alpha: Double? = nil) {
    (self.kind, self.rank, self.alpha) = (kind, rank, alpha)
  }

  /// What B A x is multiplied with: α / r.
  public var factor: Double {
    guard let rank, rank > 0 else { return 0 }
    return (alpha ?? Double(rank)) / Double(rank)
  }

  /// Largest width that a file may ask for.
  private static let largestRank = 4096

  /// Why no network can have it, if none can.
  var problem: String? {
    if let rank, !(0...Self.largestRank).contains(rank) {
      return "expected an adapter of rank 0 to \(Self.largestRank), got \(rank)"
    }
    if let alpha, !(alpha >= 0 && alpha.isFinite) {
      return "expected an alpha of at least 0, got \(alpha)"
    }
    return alpha != nil && kind != .lora ? "expected no alpha for \(kind.rawValue)" : nil
  }

  /// The same with LIFT's width in the place of none.
  func resolved(classes: Int, blocks: Int) -> Adapter {
    var result = self
    result.rank = rank ?? Self.width(classes: classes, blocks: blocks)
    return result
  }

  /// The largest power of two up to C / (2 L), and at least 1.
  ///
  /// - Parameters:
  ///   - classes: C.
  ///   - blocks: L, at least 1.
  public static func width(classes: Int, blocks: Int) -> Int {
    let share = classes / (2 * max(blocks, 1))
    return share < 2 ? 1 : 1 << (Int.bitWidth - 1 - share.leadingZeroBitCount)
  }
}
