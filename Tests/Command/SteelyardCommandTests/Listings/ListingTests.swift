import Files
import Foundation
import Methods
import Networks
import Plans
import SteelyardCommand
import TestSupport
import Testing

@Suite(.enabled(if: Programme.isBuilt, "the programme is not built")) struct ListingTests {
  @Test func methodsListNamesDefaultsAndPapers() throws {
    try withTemporaryFolder { folder in
      let ended = try Programme.run(["methods", "--json"], in: folder)
      let listings = try JSONDecoder().decode([MethodListing].self, from: Data(ended.output.utf8))
      let mixing = try #require(listings.first { $0.name == "balanced-mixup" })
      #expect(
        mixing.hyperparameters.mapValues(\.description) == [
          "alpha": "0.2", "blend": "batch", "partners": "balanced",
        ])
      #expect(mixing.citation.link == "https://arxiv.org/abs/2109.09850")
      #expect(listings.allSatisfy { !$0.parts.isEmpty && $0.cost >= 0 })
      #expect(
        listings.first { $0.name == "crt" }?.parts == [
          "UniformSampler → Supervised, CrossEntropy, Unmixed",
          "ClassBalancedSampler → Supervised, CrossEntropy, Unmixed, learns: the last layer, edits: NewHead",
        ])
      #expect(Set(listings.map(\.name)).isSuperset(of: ["erm", "class-balanced", "mixup"]))
    }
  }

  /// What the network learns by is named to the last part: the losses of experts, terms beside the loss, what a loss adjusts.
  @Test(arguments: [
    ("sade", ["Experts, CrossEntropy, 2 × AdjustedCrossEntropy (offsets), Unmixed"]),
    (
      "ride",
      ["Experts, 3 × AdjustedCrossEntropy (margins, weights), Unmixed, ExpertDiversity"]
    ),
    (
      "tlc",
      [
        "Experts, 4 × EvidentialLoss, AdjustedCrossEntropy (margins, weights), Unmixed, ExpertDiversity"
      ]
    ),
    ("lade", ["Supervised, AdjustedCrossEntropy (offsets), Unmixed, LabelDistribution"]),
    ("vs", ["Supervised, AdjustedCrossEntropy (factors, offsets), Unmixed"]),
    ("cdt", ["Supervised, AdjustedCrossEntropy (factors), Unmixed"]),
    ("ldam", ["Supervised, AdjustedCrossEntropy (margins), Unmixed"]),
    ("focal", ["Supervised, AdjustedCrossEntropy (focus), Unmixed"]),
    ("balanced-softmax", ["Supervised, AdjustedCrossEntropy (offsets), Unmixed"]),
    ("weighted-ce", ["Supervised, AdjustedCrossEntropy (weights), Unmixed"]),
    ("gcl", ["Supervised, AdjustedCrossEntropy (noise), Unmixed"]),
    ("cmo", ["Supervised, CrossEntropy, Sometimes, ContextPaste"]),
    ("fixmatch", ["PseudoLabelling, Supervised, CrossEntropy, Unmixed"]),
  ])
  func whatStagesLearnBy(name: String, parts: [String]) throws {
    let page = try MethodPage(try method(named: name))
    #expect(page.stages.prefix(parts.count).map { $0.objective.joined(separator: ", ") } == parts)
  }

  /// METHODS.md has the survey's three parts, then what it has no place for; every family once, below its part.
  @Test func thePageFollowsTheSurvey() throws {
    try withTemporaryFolder { folder in
      let page = try Programme.run(["methods", "--markdown"], in: folder).output
      let headings = page.split(separator: "\n").filter { $0.hasPrefix("##") }
      #expect(
        headings == [
          "## Class re-balancing", "### Re-sampling", "### Class-sensitive loss",
          "### Logit adjustment", "## Information augmentation", "### Augmentation", "### Transfer",
          "## Module improvement", "### Representation", "### Decoupled",
          "### Ensemble", "## Beside the survey", "### Plain", "### Other targets",
          "### Robustness",
        ])
      for kind in catalogue {
        let rows = page.split(separator: "\n").filter { $0.hasPrefix("| `\(kind.name)` ") }
        #expect(rows.count == 1, "\(kind.name)")
      }
    }
  }

  @Test func oneMethodSaysItsStagesAndSettings() throws {
    try withTemporaryFolder { folder in
      let text = try Programme.run(["methods", "crt"], in: folder)
      #expect(text.status == 0)
      for words in [
        "crt  decoupled", "share  0.1", "part of the run that the last stage takes",
        "90.0 %", "UniformSampler", "Supervised, CrossEntropy, Unmixed", "the last layer",
        "label mass        0.843", "images it reads   1.0 times",
        "cost              0.93 times plain training",
      ] {
        #expect(text.output.contains(words), "\(words) in \(text.output)")
      }
      let json = try Programme.run(["methods", "balanced-mixup", "--json"], in: folder).output
      let page = try JSONDecoder().decode(MethodPage.self, from: Data(json.utf8))
      #expect(page.images == 2 && page.stages.map(\.share) == [1])
      #expect(page.stages[0].objective == ["Supervised", "CrossEntropy", "BalancedMixup"])
      let unknown = try Programme.run(["methods", "nonesuch"], in: folder)
      #expect(unknown.status == 64 && unknown.errors.contains("no method is called 'nonesuch'"))
    }
  }

  @Test func modelsListCountsOfTorchvision() throws {
    try withTemporaryFolder { folder in
      let ended = try Programme.run(["models", "--json"], in: folder)
      let listings = try JSONDecoder().decode([ModelListing].self, from: Data(ended.output.utf8))
      let counts = Dictionary(uniqueKeysWithValues: listings.map { ($0.name, $0.parameters) })
      #expect(counts["mobilenet_v2"] == 3_504_872)
      #expect(counts["resnet50"] == 25_557_032)
      let inputs = Dictionary(uniqueKeysWithValues: listings.map { ($0.name, $0.input) })
      #expect(inputs["resnet50"] == .images && inputs["linear"] == .features)
      #expect(inputs["inception_time"] == .series)
      let series = try #require(listings.first { $0.input == .series })
      #expect(series.shape == [1, 500] && series.imageSize == nil)
      let terms = Dictionary(uniqueKeysWithValues: listings.map { ($0.name, $0.weightsTerms) })
      #expect(terms["vit_small_patch16_dinov3"]??.contains("Meta's DINOv3 licence") == true)
      #expect(terms["convnextv2_tiny"]??.contains("CC BY-NC 4.0") == true)
      #expect(terms["vit_small_patch14_dinov2"] == .some(nil))
      let text = try Programme.run(["models", "--img-size", "64"], in: folder).output
      #expect(text.contains("3 × 64 × 64") && text.contains("1 × 500") && text.contains("1024"))
      #expect(text.contains("3 × 70 × 70"), "five patches of 14 pixels")
      #expect(text.contains("none is ever fetched for you"))
    }
  }
}
