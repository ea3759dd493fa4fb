/** How events are sent. */
export interface DeliverySettings {
  /** Milliseconds within which a receiver has to answer. */
  timeLimit: number;
  /** Milliseconds after each try that failed; there is one try more than delays. */
  delays: readonly number[];
  /** Lets addresses of this machine and of private networks be called, for laptops and closed networks. */
  allowPrivateAddresses: boolean;
}

const second = 1000;
const minute = 60 * second;

/** Five tries within forty minutes (kombo-unified-api §8 point 21): the events behind one wait that long at most. */
export const usualDelivery: DeliverySettings = {
  timeLimit: 10 * second,
  delays: [10 * second, minute, 6 * minute, 30 * minute],
  allowPrivateAddresses: false,
};
