/// A finding as Label Studio imports it: the image, what it was given, and a suggestion to accept or change.
///
/// The labelling set-up that fits is `<Image name="image" value="$image"/>` with `<Choices name="label" toName="image">`.
public struct LabelStudioTask: Codable, Sendable, Equatable {
  /// What is shown.
  public struct Shown: Codable, Sendable, Equatable {
    /// Path of the image, or number of its row.
    public var image: String
    /// Its class so far.
    public var given: String
    /// Why it is looked at.
    public var why: String
    /// Number of its row, from 0.
    public var row: Int
  }

  /// What is chosen.
  public struct Choice: Codable, Sendable, Equatable {
    /// Names of classes.
    public var choices: [String]
  }

  /// A choice and what it is about.
  public struct Result: Codable, Sendable, Equatable {
    /// The control of the set-up.
    public var fromName = "label"
    /// The object of the set-up.
    public var toName = "image"
    /// The kind of control.
    public var type = "choices"
    /// What is chosen.
    public var value: Choice

    private enum CodingKeys: String, CodingKey {
      case type, value
      case fromName = "from_name"
      case toName = "to_name"
    }
  }

  /// A suggestion.
  public struct Prediction: Codable, Sendable, Equatable {
    /// Who suggests.
    public var modelVersion = "steelyard audit"
    /// How sure: 1 less the score of the label.
    public var score: Double
    /// What is suggested.
    public var result: [Result]

    private enum CodingKeys: String, CodingKey {
      case score, result
      case modelVersion = "model_version"
    }
  }

  /// What is shown.
  public var data: Shown
  /// What is suggested.
  public var predictions: [Prediction]
}

extension LabelFindings {
  /// A task a finding, by class and rank.
  public var tasks: [LabelStudioTask] {
    let label = audit.scores(score)
    return findings.map { finding in
      let row = finding.row
      return LabelStudioTask(
        data: .init(image: name(row), given: given(row), why: why(finding), row: row),
        predictions: [
          .init(
            score: 1 - label[row],
            result: [.init(value: .init(choices: [suggested(row)]))])
        ])
    }
  }
}
