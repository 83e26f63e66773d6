import Datasets

extension NearCopyPart {
  /// The near copies of a run's data.
  ///
  /// - Parameters:
  ///   - found: All of them.
  ///   - longest: Longer side of a picture, in pixels.
  ///   - image: Bytes of the image file of a path.
  init(_ found: NearCopyReport, longest: Int, image: (String) -> [UInt8]?) {
    let pairs = found.pairs.prefix(Self.limit).map { pair in
      Pair(
        left: pair.left, right: pair.right, correlation: pair.correlation,
        thumbnails: [pair.left, pair.right].map { copy in
          image(copy.path).flatMap { Thumbnail.uri($0, longest: longest) }
        })
    }
    self.init(
      total: found.pairs.count, crossing: found.crossing.count,
      contradicting: found.contradicting.count, pairs: Array(pairs))
  }
}
