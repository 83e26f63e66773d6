import Targets

/// What is found of a table of labels: all keys of an assessment, what conformal sets did under `sets`, and of studies their images under
/// `images`, what sets of images did under `image_sets`, and how views are joined.
struct LabelResult: Encodable {
  let found: LabelAssessment
  /// Label by label; no key where there are none.
  var sets: [LabelSets] = []
  /// Image by image, where `found` is of studies.
  var images: LabelAssessment?
  /// Label by label, where the rule is of images and `found` is of studies; no key where there are none.
  var imageSets: [LabelSets] = []
  /// How views are joined; no key where there are no studies, or folds join them in several ways.
  var join: ChosenJoin?

  /// Metrics by name: those of images, and where there are studies theirs with `_studies` behind the name.
  var values: [String: Double] {
    guard let images else { return found.values }
    return images.values.merging(StudyMetrics.named(found.values)) { $1 }
  }

  private enum CodingKeys: String, CodingKey {
    case sets, images
    case imageSets = "image_sets"
  }

  func encode(to encoder: any Encoder) throws {
    try found.encode(to: encoder)
    try join?.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    if !sets.isEmpty { try container.encode(sets, forKey: .sets) }
    try container.encodeIfPresent(images, forKey: .images)
    if !imageSets.isEmpty { try container.encode(imageSets, forKey: .imageSets) }
  }
}
