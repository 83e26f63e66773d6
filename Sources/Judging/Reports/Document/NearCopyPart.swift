public import Datasets

/// Images that are the same picture again without being equal, the first of them with pictures.
public struct NearCopyPart: Codable, Sendable, Equatable {
  /// Two images that show the same.
  public struct Pair: Codable, Sendable, Equatable {
    /// The earlier in the order of the data.
    public var left: LeakageReport.Copy
    /// The later.
    public var right: LeakageReport.Copy
    /// Correlation of their grey values, one laid on the other.
    public var correlation: Double
    /// Small pictures of both as `data:` URIs; `nil` where a file could not be read.
    public var thumbnails: [String?]

    /// A pair.
    public init(
      left: LeakageReport.Copy, right: LeakageReport.Copy, correlation: Double,
      thumbnails: [String?] = [nil, nil]
    ) {
      (self.left, self.right) = (left, right)
      (self.correlation, self.thumbnails) = (correlation, thumbnails)
    }
  }

  /// Number of all pairs.
  public var total: Int
  /// Pairs in two parts.
  public var crossing: Int
  /// Pairs with different labels.
  public var contradicting: Int
  /// The first pairs: those in two parts, then those with different labels, then by correlation.
  public var pairs: [Pair]

  /// At most so many pairs are shown.
  public static let limit = 12

  /// Near copies.
  public init(total: Int, crossing: Int, contradicting: Int, pairs: [Pair]) {
    (self.total, self.crossing) = (total, crossing)
    (self.contradicting, self.pairs) = (contradicting, pairs)
  }
}
