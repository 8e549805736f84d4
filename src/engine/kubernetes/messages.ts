import { messages } from '../messages/message';

/** What is thrown: Kubernetes versions. */
export const says = messages({
  notAMinor: {
    text: "'{text}' is not a Kubernetes version of EKS",
    remedy: "give major and minor only, such as '1.36'",
  },
  olderThanEks: {
    text: "'{text}' is not a Kubernetes version of EKS, which began with {first}",
    remedy: 'give a newer one',
  },
  numberOfYaml: {
    text: "'{text}' is not a Kubernetes version of EKS, which began with {first}",
    remedy: "if it comes from YAML, where 1.{minor}0 is the number {text}, quote it as '1.{minor}0'",
  },
});
