/** The partner programme: the link, what it brought, and the money. */

import { showInPart } from "./cabinet-data.js";
import { formatDate, formatMoney, formatNumber, formatPercent } from "./format.js";
import { messages } from "./messages.js";
import { drawMonths } from "./month-chart.js";
import { showCommissions, showPayouts } from "./partner-lists.js";
import { offerLink } from "./partner-link.js";
import { canAsk, offerPayout, openPayout } from "./payout-form.js";
import { withValues } from "./template.js";

/**
 * @typedef {object} Programme
 * @property {string} referral_link
 * @property {{ total_referrals: number, active_referrals: number, total_earned: number, total_paid: number, available_balance: number }} stats
 * @property {{ pending: number, available: number, reserved: number, owed: number }} balance
 * @property {{ month: string, earned: number }[]} months
 * @property {{ min_payout: number }} terms
 * @property {{ commissions: import("./partner-lists.js").Commission[], total: number }} commissions
 * @property {{ payouts: import("./partner-lists.js").Payout[], total: number }} payouts
 */

export function showPartners() {
  offerPayout();
  showInPart("partner-link", ({ referrals }) => offerLink(referrals.referral_link));
  showInPart("partner-balance", ({ referrals }) => showBalance(referrals));
  showInPart("partner-results", ({ referrals }) => {
    showFunnel(referrals);
    drawMonths(element("partner-months"), referrals.months.map(({ month, earned }) => ({ month, amount: earned })));
  });
  showInPart("partner-commissions", ({ referrals }) => showCommissions(referrals.commissions));
  showInPart("partner-payouts", ({ referrals }) => showPayouts(referrals.payouts));
}

/** @param {Programme} programme */
function showBalance(programme) {
  const { balance, stats, terms } = programme;
  element("balance-available").textContent = formatMoney(balance.available);
  element("balance-pending").textContent = formatMoney(balance.pending);
  element("balance-reserved").textContent = formatMoney(balance.reserved);
  element("balance-paid").textContent = formatMoney(stats.total_paid);
  const owed = element("partner-owed");
  owed.hidden = balance.owed <= 0;
  owed.textContent = withValues(messages.partner.owed, { amount: formatMoney(balance.owed) });
  const open = openPayout(programme);
  element("ask-for-payout").hidden = !canAsk(programme);
  element("payout-state").textContent = open
    ? withValues(messages.partner.asked, { amount: formatMoney(open.amount), date: formatDate(open.created_at) })
    : withValues(messages.partner.too_little, { amount: formatMoney(terms.min_payout) });
}

/** @param {Programme} programme */
function showFunnel({ stats }) {
  element("funnel-came").textContent = formatNumber(stats.total_referrals);
  element("funnel-paying").textContent = formatNumber(stats.active_referrals);
  element("funnel-earned").textContent = formatMoney(stats.total_earned);
  const share = stats.total_referrals > 0 && formatPercent(stats.active_referrals / stats.total_referrals);
  element("funnel-paying-note").textContent = share ? withValues(messages.partner.share_of, { percent: share }) : "";
}

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
