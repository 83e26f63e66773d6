import Methods
import Networks
import Plans
import Sampling
import TestSupport
import Testing

/// Defaults that the reference sheet names, number by number: what a person gets who sets nothing is what was published,
/// but where the documentation says otherwise.
@Suite("Published settings")
struct PublishedSettingsTests {
  private static let published: [(method: String, settings: [String: Double])] = [
    // A2: τ = 2, s = 30.
    ("sade", ["lambda": 2, "scale": 30]),
    // A3: η .2, τ .54, margins of .5 at s 30, β .9999; annealing over (160 + 500) / .05 epochs, of which a run has 200: 1/66.
    (
      "tlc",
      [
        "eta": 0.2, "threshold": 0.54, "margin": 0.5, "scale": 30, "beta": 0.9999,
        "factor": 0.05, "diversity": 0.01, "divergence": 0.015151515151515152, "start": 0.8,
      ]
    ),
    // A4: δ 10, warm-up and period of 10 epochs, τ .1, β .25, vectors of 128.
    (
      "sbcl",
      [
        "smallest": 10, "warmup": 10, "period": 10, "temperature": 0.1, "beta": 0.25,
        "dimensions": 128,
      ]
    ),
    // A9: PGD-10 of 8/255 in steps of 2/255, λ 2, τ .07, weights from epoch 160 of 200.
    (
      "srat",
      [
        "radius": 0.03137254901960784, "step": 0.00784313725490196, "steps": 10, "lambda": 2,
        "temperature": 0.07,
        "beta": 0.9999, "start": 0.8,
      ]
    ),
    ("pgd", ["radius": 0.03137254901960784, "step": 0.00784313725490196, "steps": 10]),
    // A16: τ .95, λ 1, μ 7.
    ("fixmatch", ["threshold": 0.95, "lambda": 1, "ratio": 7]),
    // A20: a .5, β .9999, .3 of a label's own counts at the end, .1 of the map.
    ("haco", ["absent": 0.5, "beta": 0.9999, "blend": 0.3, "map": 0.1]),
    // B1: t 10⁻³.
    ("repeat-factor", ["threshold": 1e-3]),
    // B2: β .9999; deferred to epoch 160 of 200.
    ("cb-loss", ["beta": 0.9999]), ("drw", ["beta": 0.9999, "start": 0.8]),
    ("drs", ["start": 0.8]), ("weighted-ce", ["power": 1]),
    // B3: γ 2; class-balanced γ .5 with sigmoids.
    ("focal", ["gamma": 2]), ("cb-focal", ["gamma": 0.5, "beta": 0.9999]),
    // B4: max m .5, s 30.
    ("ldam", ["margin": 0.5, "scale": 30]),
    ("ldam-drw", ["margin": 0.5, "scale": 30, "beta": 0.9999, "start": 0.8]),
    // B5: τ 1; LADE .1 and .1.
    ("balanced-softmax", ["tau": 1]), ("logit-adjustment", ["tau": 1]),
    ("logit-adjustment-posthoc", ["tau": 1]), ("lade", ["weight": 0.1, "lambda": 0.1]),
    // B6: CDT γ .2; GCL σ 1/3, s 30.
    ("cdt", ["gamma": 0.2]), ("gcl", ["deviation": 0.3333333333333333, "scale": 30, "margin": 0]),
    // B7: γ .9, λ .005; p .8, q 2.
    ("equalization", ["gamma": 0.9, "lambda": 0.005]), ("seesaw", ["p": 0.8, "q": 2]),
    // B8: head .4, tail .1; α 1000.
    ("label-aware-smoothing", ["head": 0.4, "tail": 0.1]), ("ib", ["alpha": 1000]),
    // B9.
    ("manifold-mixup", ["alpha": 1]), ("cutmix", ["alpha": 1, "probability": 0.5]),
    ("remix", ["kappa": 3, "tau": 0.5, "alpha": 1]), ("mamix", ["exponent": -0.25, "alpha": 1]),
    ("unimix", ["alpha": 0.8, "tau": -0.1]),
    // Off in the first and the last 3 of 200 epochs.
    ("cmo", ["alpha": 1, "probability": 0.5, "power": 1, "margin": 0.015]),
    ("smote-features", ["neighbours": 5]),
    // B10: MiSLAS 10 of 210 epochs, about a twentieth, .4 and .1, a factor of .2; τ 1.
    ("mislas", ["alpha": 1, "head": 0.4, "tail": 0.1, "rate": 0.2, "share": 0.05]),
    ("tau-norm", ["tau": 1]),
    // B12: λ .2, .05, from epoch 160 on; the router's weight of 100.
    ("ride", ["diversity": 0.2, "factor": 0.05, "start": 0.8, "caution": 100, "experts": 3]),
    // B13.
    ("kcl", ["positives": 6, "queue": 65_536, "momentum": 0.999, "temperature": 0.07]),
    ("tsc", ["positives": 6, "weight": 0.2]), ("bcl", ["beta": 0.35, "temperature": 0.1]),
    ("paco", ["alpha": 0.01, "temperature": 0.05, "queue": 1024, "dimensions": 32]),
    // B16: γ 4, weights n^−1.2, partners by n^0, 128 numbers.
    (
      "glmc",
      ["alpha": 1, "consistency": 4, "power": 1.2, "sampling": 0, "dimensions": 128]
    ),
    ("weight-balancing", ["decay": 5e-3]),
    // B17: k 5.
    ("smote-tomek", ["neighbours": 5]), ("easy-ensemble", ["members": 10]),
  ]

  @Test(arguments: published.indices)
  func defaults(number: Int) throws {
    let (name, settings) = Self.published[number]
    let found = try method(named: name).init().hyperparameters
    for (setting, value) in settings {
      guard case .number(let number)? = found[setting] else {
        Issue.record("\(name) has no number \(setting)")
        continue
      }
      #expect(close(number, value, relative: 1e-12), "\(name).\(setting): \(number)")
    }
  }

  /// Heads, branches and what answers: cosine heads of s where margins are of cosines, three experts, two branches.
  @Test func networks() throws {
    for name in ["ldam", "ldam-drw", "gcl", "sade", "ride", "tlc"] {
      let form = try method(named: name).with(["scale": "17"]).network
      #expect(form.head == .cosine(scale: 17), "\(name)")
      #expect(try method(named: name).init().network.head == .cosine(scale: 30), "\(name)")
    }
    #expect(SADE().network.branches == 3 && SADE().network.readout == .mean)
    #expect(try RIDE.with(["experts": "5"]).network.branches == 5)
    #expect(
      try TLC.with(["experts": "2", "eta": "0.5", "threshold": "0.25"]).network.readout
        == .evidential(sharpness: 0.5, threshold: 0.25))
    let bilateral = BilateralBranch().network
    #expect(bilateral.branches == 2 && bilateral.joinsFeatures)
    // GLMC answers with the balanced head alone, over one trunk.
    let mixture = GLMC().network
    #expect(mixture.branches == 2 && mixture.readout == .weighted([0, 1]))
    #expect(mixture.division == .heads && mixture.predicts && mixture.projection == 128)
    // A method that says nothing of the network has the plain one.
    for name in ["erm", "mixup", "crt", "vs", "drw", "mislas", "fixmatch", "logistic"] {
      #expect(try method(named: name).init().network == NetworkForm(), "\(name)")
    }
  }

  /// Each form can be built, for as many classes as the method tells apart at least.
  @Test(arguments: catalogue.map { $0.name })
  func formsCanBeBuilt(name: String) throws {
    let made = try method(named: name).init()
    for classes in [max(2, made.fewestClasses), 3, 1000] {
      #expect(made.network.problem(for: classes) == nil)
    }
    // At the ends of what may be set as well.
    for (setting, range) in SettingRange.all[name] ?? [:] {
      guard case .within(let low, let high) = range else { continue }
      for value in [low, high] {
        let form = try method(named: name).with([setting: "\(value)"]).network
        #expect(form.problem(for: 3) == nil, "\(setting)=\(value)")
      }
    }
  }

  /// No setting leads to a form that none can build: what is in range builds.
  @Test(arguments: catalogue.map { $0.name })
  func noSettingBreaksTheForm(name: String) throws {
    for (setting, range) in SettingRange.all[name] ?? [:] {
      for value in range.taken {
        let form = try method(named: name).with([setting: value]).network
        #expect(form.problem(for: 3) == nil, "\(setting)=\(value)")
      }
    }
  }

  /// LDAM's margins on a training set by hand: m_max (n_min / n)^¼.
  @Test func theMarginsOfLDAM() throws {
    // (1/16)^¼ = ½ and (1/81)^¼ = ⅓.
    let classes = try ClassCounts([81, 16, 1])
    let found = try MethodMargins.of("ldam", ["margin": "0.6", "scale": "2"], classes)
    #expect(difference(found, [2 * 0.2, 2 * 0.3, 2 * 0.6], relative: 1e-6, absolute: 1e-9) == nil)
    let deferred = try MethodMargins.of(
      "ldam-drw", ["margin": "0.6", "scale": "2", "start": "1"], classes)
    #expect(difference(deferred, found, relative: 1e-9) == nil)
  }
}
