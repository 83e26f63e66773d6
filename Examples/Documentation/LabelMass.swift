import Methods
import Plans
import Sampling

// What part of the labels falls on each class, over a whole run?
let classes = try ClassCounts([900, 90, 10])
let method = try BalancedMixupTraining.with(["alpha": "0.3"])
for mass in method.expectedLabelMass(for: classes) {
  print(Double(Int(mass * 1000)) / 1000)
}
