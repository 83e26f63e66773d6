import Targets

/// What is found of studies: all keys of labels, their images under `images`, and how views are joined.
struct StudyResult: Encodable {
  let studies: LabelAssessment
  let images: LabelAssessment
  let join: ChosenJoin

  private enum CodingKeys: String, CodingKey { case images }

  func encode(to encoder: any Encoder) throws {
    try studies.encode(to: encoder)
    try join.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(images, forKey: .images)
  }
}
