import OrderedCollections
import Torch
import Weights

extension Network {
  /// Learned positions that a file has for another grid of patches, brought to this network's by bicubic interpolation, as
  /// timm does when it loads them; those of tokens that belong to no place stay.
  ///
  /// - Parameter weights: under this network's names.
  /// - Returns: the weights, and what was done in words; `nil` where nothing was.
  func regridded(_ weights: StateDict) -> (weights: StateDict, words: String?) {
    guard let own = stateDict[Self.positions], let given = weights[Self.positions],
      own.shape != given.shape, own.rank == 3, given.rank == 3, own.shape[2] == given.shape[2],
      given.shape[0] == 1
    else { return (weights, nil) }
    let grids = [0, 1].compactMap { prefix -> (prefix: Int, from: Int, to: Int)? in
      guard let from = Self.side(given.shape[1] - prefix),
        let to = Self.side(own.shape[1] - prefix)
      else { return nil }
      return (prefix, from, to)
    }
    guard let (prefix, from, to) = grids.first else { return (weights, nil) }
    let moved = withoutGradients {
      let places = given.narrowed(dim: 1, start: prefix, length: from * from).to(.float32)
      let map = places.reshaped([1, from, from, given.shape[2]]).permuted([0, 3, 1, 2])
        .resizedBicubic(height: to, width: to)
      let rows = map.permuted([0, 2, 3, 1]).reshaped([1, to * to, given.shape[2]]).to(given.dtype)
      guard prefix > 0 else { return rows }
      return Tensor.concatenated([given.narrowed(dim: 1, start: 0, length: prefix), rows], dim: 1)
    }
    var result = weights
    result[Self.positions] = moved
    return (
      result, "positions of \(from) × \(from) patches interpolated to \(to) × \(to), bicubic"
    )
  }

  private static let positions = "pos_embed"

  /// The root of a square; `nil` of another number, or below 1.
  private static func side(_ count: Int) -> Int? {
    guard count >= 1 else { return nil }
    let side = Int(Double(count).squareRoot().rounded())
    return side * side == count ? side : nil
  }
}
