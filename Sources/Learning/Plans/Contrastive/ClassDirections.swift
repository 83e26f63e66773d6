public import Losses
import Requirements
public import Sampling
public import Torch

/// How the directions of each class lie on the sphere: a von Mises–Fisher distribution a class, kept up to date as
/// directions come in.
///
/// ```text
/// m_c = mean of the directions of class c,  R_c = ‖m_c‖,  μ_c = m_c / R_c,  κ_c = R_c (p − R_c²) / (1 − R_c²)
/// ```
///
/// κ_c is at most 10⁵; it is 0 of a class of which nothing was seen, which is then spread evenly over the sphere. The
/// estimate of the present epoch goes on from that of the one before, beside which one of the present epoch alone is
/// made; at the next epoch it takes the other's place, so that what an old network saw is forgotten.
///
/// Source: Banerjee, Dhillon, Ghosh, Sra, "Clustering on the Unit Hypersphere using von Mises-Fisher Distributions", JMLR
/// 2005 (κ); Du, Wang, Song, Huang, "Probabilistic Contrastive Learning for Long-Tailed Visual Recognition", TPAMI 2024
/// (two estimates).
public struct ClassDirections: Sendable, Equatable {
  /// p, length of a direction, at least 2.
  public let dimensions: Int

  /// Largest κ.
  private static let most = 1e5

  /// - Parameter dimensions: p, length of a direction, at least 2.
  /// - Precondition: `dimensions` is at least 2.
  public init(dimensions: Int) {
    require(
      dimensions >= 2, "ClassDirections: expected at least 2 dimensions, got \(dimensions)")
    self.dimensions = dimensions
  }

  /// Nothing seen: `directions.mean` and `directions.next.mean` `[C, p]`, `directions.count` and
  /// `directions.next.count` `[C]`, float64.
  public func memory(for classes: ClassCounts) -> Memory {
    var memory = Memory()
    for part in ["directions", "directions.next"] {
      memory[part + ".mean"] = .zeros([classes.count, dimensions], dtype: .float64)
      memory[part + ".count"] = .zeros([classes.count], dtype: .float64)
    }
    return memory
  }

  /// At the first step of an epoch: the estimate of the last epoch alone takes the other's place, where it has seen the
  /// class, and is begun anew.
  public func epochBegun(_ memory: Memory) -> Memory {
    withoutGradients {
      var next = memory
      let count = memory["directions.next.count"]
      let seen = count.greater(than: 0)
      next["directions.mean"] = .where(
        seen.unsqueezed(1), memory["directions.next.mean"], memory["directions.mean"])
      next["directions.count"] = .where(seen, count, memory["directions.count"])
      next["directions.next.mean"] = memory["directions.next.mean"] * 0
      next["directions.next.count"] = count * 0
      return next
    }
  }

  /// Both estimates with more directions.
  ///
  /// - Parameters:
  ///   - memory: the estimates.
  ///   - rows: unit rows, `[N, p]`.
  ///   - labels: class of each row, `[N]`.
  public func extended(_ memory: Memory, by rows: Tensor, _ labels: [Int]) -> Memory {
    withoutGradients {
      let device = rows.device
      let classes = memory["directions.count"].count
      let members = Tensor(labels.map(Int64.init), shape: [labels.count]).moved(to: device)
        .oneHot(classes: classes).to(.float64).transposed(0, 1)
      let (sums, counts) = (members.matmul(rows.detached().to(.float64)), members.sum(dims: [1]))
      var next = memory
      for part in ["directions", "directions.next"] {
        let before = memory[part + ".count"]
        let all = before + counts
        let old = memory[part + ".mean"] * before.unsqueezed(1)
        next[part + ".mean"] =
          (old + sums) / all.clamped(min: 1, max: .infinity).unsqueezed(1)
        next[part + ".count"] = all
      }
      return next
    }
  }

  /// ln E[exp(z · v / τ)] over directions v of each class, but for a constant: ln C_p(κ_c) − ln C_p(κ̃_c) with
  /// κ̃_c = ‖κ_c μ_c + z / τ‖, `[N, C]`, float64.
  ///
  /// What supervised contrast comes to where a row is compared with infinitely many rows of each class.
  ///
  /// - Parameters:
  ///   - rows: z, unit rows, `[N, p]`.
  ///   - temperature: τ, above 0.
  ///   - memory: the estimates.
  public func scores(_ rows: Tensor, temperature: Double, _ memory: Memory) -> Tensor {
    let z = rows.to(.float64)
    let mean = memory["directions.mean"]
    let square = mean.square().sum(dims: [1]).clamped(min: 0, max: 1)
    let κ =
      (square.sqrt() * (Double(dimensions) - square)
      / (1 - square).clamped(min: 1e-12, max: 1)).clamped(min: 0, max: Self.most)
    let centres = mean.unitRows() * κ.unsqueezed(1)
    let inner = z.matmul(centres.transposed(0, 1)) / temperature
    let length = z.square().sum(dims: [1], keepDims: true) / (temperature * temperature)
    let own = centres.square().sum(dims: [1])
    let moved = (inner * 2 + length + own.unsqueezed(0)).clamped(min: 0, max: .infinity)
    let order = Double(dimensions) / 2 - 1
    return LogBessel.scaled(moved, order: order) - LogBessel.scaled(own, order: order).unsqueezed(0)
  }
}
