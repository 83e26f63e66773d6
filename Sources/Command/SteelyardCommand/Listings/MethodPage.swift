import Console
package import Plans
import Sampling

/// What `steelyard methods NAME` says of one method.
package struct MethodPage: Codable, Equatable, Sendable {
  /// What the list says of it.
  package var method: MethodListing
  /// What each stage does, for classes of 900, 90 and 10 images.
  package var stages: [StageListing]
  /// Images that are read in a run, over those of plain training; what the network does more is not in it.
  package var images: Double
  /// Part of the label mass of each class over a run, for classes of 900, 90 and 10 images.
  package var labelMass: [Double]

  package init(_ type: any Method.Type) throws {
    let classes = try ClassCounts([900, 90, 10])
    let value = type.init()
    method = MethodListing(type)
    stages = value.stages(for: classes).map(StageListing.init)
    images = stages.map { $0.share * $0.imagesPerRow }.reduce(0, +)
    labelMass = value.expectedLabelMass(for: classes)
  }

  /// The page for a terminal.
  func text(style: Style) -> String {
    """
    \(style(method.name, .bold))  \(method.guide.family.rawValue)
    \(method.summary)
    \(style("\(method.citation)", .dim))

    \(method.guide.use)
    \(method.guide.avoid)
    \(style("Published:", .bold)) \(method.guide.claim)

    \(settingsText(style))\(style("Stages, for classes of 900, 90 and 10 images", .bold))

    \(stageTable.text(style: style))
    label mass        \(labelMass.map { Format.decimal($0) }.joined(separator: "  "))
    cost              \(Format.decimal(method.cost, places: 2)) times plain training, in passes of the network
    images it reads   \(Format.decimal(images, places: 1)) times those of plain training
    several labels    \(method.knowsLabels ? "yes, an image may have any number of them" : "no, one class an image")
    numbers           \(method.knowsNumbers ? "yes, the target may be a number" : "no")
    grades            \(method.knowsGrades ? "yes, it learns the order of the classes" : "no, classes without order")

    """
  }

  private func settingsText(_ style: Style) -> String {
    guard !method.hyperparameters.isEmpty else { return "" }
    var table = TextTable([.left("--set"), .left("default"), .left("what it is")])
    for (name, value) in method.hyperparameters.sorted(by: { $0.key < $1.key }) {
      table.add([name, value.description, method.guide.settings[name] ?? ""])
    }
    return table.text(style: style) + "\n"
  }

  private var stageTable: TextTable {
    var table = TextTable([
      .right("share"), .left("drawn by"), .left("learns by"), .left("what learns"),
      .left("edits of the network"),
    ])
    for stage in stages {
      table.add([
        Format.percent(stage.share), stage.samplers.joined(separator: ", "),
        stage.objective.joined(separator: ", "), stage.learns,
        stage.edits.joined(separator: ", "),
      ])
    }
    return table
  }
}
