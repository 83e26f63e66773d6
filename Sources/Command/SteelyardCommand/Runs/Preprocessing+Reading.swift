import Batches
import Datasets
import Inference

extension TrainOptions {
  /// Reads examples as a model does, but for what is typed now of images.
  ///
  /// - Throws: `OptionError` where something of images is typed, and the model takes none.
  mutating func read(
    as model: Preprocessing, but typed: TrainOptions
  ) throws(OptionError) {
    switch model {
    case .images(let images):
      self.input = .images
      readPixels(as: images.reading, but: typed)
    case .rows(let standardization):
      if let name = typed.givenNames.first {
        throw .conflict("\(name): it is about images, and the model takes \(standardization.input)")
      }
      self.input = InputChoice(standardization.input)
    }
  }
}

extension Preprocessing {
  /// Refuses numbers that are not what the model was trained on.
  ///
  /// - Throws: ``RowMismatch``.
  func check(_ data: Dataset, _ path: String) throws(RowMismatch) {
    guard case .rows(let own) = self, let rows = data.rows else { return }
    if rows.width != own.width {
      let extra = rows.names.filter { !own.names.contains($0) }.prefix(3).map { "'\($0)'" }
      let more =
        rows.width > own.width && !extra.isEmpty
        ? " (\(extra.joined(separator: ", ")) not among those of training: name what it is, as by --label-column)"
        : ""
      throw RowMismatch(
        path: path, kind: own.input,
        problem: "\(own.width) of them a row, and there are \(rows.width)\(more)")
    }
    guard let place = rows.names.indices.first(where: { rows.names[$0] != own.names[$0] }) else {
      return
    }
    throw RowMismatch(
      path: path, kind: own.input,
      problem: "'\(own.names[place])' as number \(place + 1), and there is '\(rows.names[place])'")
  }
}

/// Features or series that are not of the kind that a model was trained on.
struct RowMismatch: Error, Equatable, CustomStringConvertible {
  let path: String
  let kind: InputKind
  let problem: String

  var description: String {
    let what = kind == .series ? "channels" : "features"
    return
      "\(path): the model expects \(what), \(problem); give it data with the columns of its"
      + " training"
  }
}
