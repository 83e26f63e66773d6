public import Batches
import Datasets
import Imaging
import Requirements

extension ExampleSet {
  /// What a source is for.
  public enum Purpose: Sendable {
    /// Learning: each view of an example is augmented.
    case training
    /// Judging: nothing is random.
    case evaluation
  }

  /// Where the inputs of the set come from.
  ///
  /// - Parameters:
  ///   - purpose: learning or judging.
  ///   - preprocessing: of the model.
  ///   - workers: threads that decode and augment, at least 1.
  ///   - budget: bytes of prepared pixels to keep.
  ///   - kept: images that were prepared before; nothing is taken from it where they were prepared otherwise, or where one of the
  ///     set is not among them.
  ///   - place: where training images are augmented; `nil` is by the workers.
  /// - Precondition: the preprocessing is of images where the set is, else of rows as wide.
  public func source(
    for purpose: Purpose, _ preprocessing: Preprocessing, workers: Int, budget: Int = 0,
    kept: PreparedImages? = nil, place: AugmentationPlace? = nil
  ) -> any InputSource {
    switch (content, preprocessing) {
    case (.images, .images(let images)):
      let size = images.size(for: purpose)
      let preset = images.transforms(to: size)
      let store =
        kept.flatMap { kept in
          kept.preparation == images.preparation(for: purpose).text ? self.store(of: kept) : nil
        }
        ?? (purpose == .training
          ? training(preset, budget: budget) : evaluation(preset, budget: budget))
      return ImageInputs(
        images: store, size: size, normalization: images.normalization, workers: workers,
        place: purpose == .training ? place : nil
      ) { view in
        purpose == .training ? preset.transform(of: view) : Identity()
      }
    case (.rows(let rows, let members), .rows(let standardization)):
      require(
        rows.kind == standardization.input && rows.width == standardization.width,
        "ExampleSet.source: expected \(standardization.input) of width \(standardization.width), got "
          + "\(rows.kind) of width \(rows.width)")
      return RowInputs(rows, members: members, standardization: standardization)
    case (.images, .rows), (.rows, .images):
      requirementFailed(
        "ExampleSet.source: expected a preprocessing of what the set holds, got \(preprocessing)")
    }
  }

  /// The shape of a batch of one example, the shortest where they are of unequal length.
  ///
  /// - Parameter preprocessing: of the model.
  /// - Returns: `[1, 3, H, W]` of images, `[1, D]` of rows of numbers, `[1, C, T]` of series.
  package func smallestShape(_ preprocessing: Preprocessing) -> [Int] {
    if let size = preprocessing.images?.size { return [1, 3, size.height, size.width] }
    guard case .rows(let rows, let members) = content, rows.kind == .series else {
      return [1, preprocessing.width ?? 1]
    }
    return [1, rows.width, members.map { rows.steps(of: $0) }.min() ?? 1]
  }
}

extension Preset {
  /// The random part of a view.
  fileprivate func transform(of view: View) -> any Transform {
    switch view {
    case .standard: random
    case .strong: strong
    }
  }
}
