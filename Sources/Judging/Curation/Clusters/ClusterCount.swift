/// Into how many clusters a group is divided.
public enum ClusterCount: Sendable, Equatable {
  /// ⌈√n⌉, as the code that DeepCluster++ was published with.
  case squareRoot
  /// ⌈n / size⌉, as its paper, with a size of 400.
  case ofSize(Int)
  /// As many for every group.
  case fixed(Int)

  /// k of a group of `rows` rows.
  ///
  /// - Parameters:
  ///   - rows: n, at least 1.
  ///   - group: what errors call the group.
  /// - Throws: ``CurationError/tooManyClusters(asked:rows:group:)``, and ``CurationError/badCount(name:value:)`` for less than 1.
  public func clusters(of rows: Int, group: String) throws(CurationError) -> Int {
    switch self {
    case .squareRoot:
      var root = Int(Double(rows).squareRoot())
      while root * root < rows { root += 1 }
      return root
    case .ofSize(let size):
      guard size >= 1 else { throw .badCount(name: "rows of a cluster", value: size) }
      return (rows - 1) / size + 1
    case .fixed(let count):
      guard count >= 1 else { throw .badCount(name: "clusters", value: count) }
      guard count <= rows else {
        throw .tooManyClusters(asked: count, rows: rows, group: group)
      }
      return count
    }
  }
}
