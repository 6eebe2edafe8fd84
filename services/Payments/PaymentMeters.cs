using System.Diagnostics.Metrics;
using Mpp.Contracts;
using Mpp.Payments.Bills;

namespace Mpp.Payments;

/// <summary>
/// What operators watch of payments; meter <c>Mpp.Payments</c>. Its figures count attempts that were saved; now and
/// then one is counted twice because it was repeated.
/// </summary>
internal sealed class PaymentMeters
{
    private readonly Counter<long> _opened;
    private readonly Counter<long> _closed;
    private readonly Counter<long> _paid;
    private readonly Counter<long> _lapsed;
    private readonly Counter<long> _refundsDue;
    private readonly Counter<long> _paidBack;
    private readonly Counter<long> _refused;

    public PaymentMeters(IMeterFactory meters)
    {
        var meter = meters.Create("Mpp.Payments");
        _opened = meter.CreateCounter<long>("mpp.payments.bills.opened", "{bill}", "Bills opened.");
        _closed = meter.CreateCounter<long>(
            "mpp.payments.bills.closed", "{bill}", "Bills paid, lapsed or withdrawn, by state.");
        _paid = meter.CreateCounter<long>("mpp.payments.paid", "{IDR}", "Money that banks have reported, in rupiah.");
        _lapsed = meter.CreateCounter<long>("mpp.payments.fees.lapsed", "{fee}", "Fees that were not paid in time.");
        _refundsDue = meter.CreateCounter<long>("mpp.payments.refunds.due", "{IDR}",
            "Money to give back, because it was paid for what is not done, in rupiah.");
        _paidBack = meter.CreateCounter<long>("mpp.payments.refunds.paid", "{IDR}", "Money given back, in rupiah.");
        _refused = meter.CreateCounter<long>(
            "mpp.payments.refused", "{payment}", "Payments that were refused, by problem.");
    }

    public void Opened() => _opened.Add(1);

    public void Closed(BillState state) => _closed.Add(1, new KeyValuePair<string, object?>("state", Kebab.Of(state)));

    public void Paid(long rupiah) => _paid.Add(rupiah);

    public void Lapsed() => _lapsed.Add(1);

    public void RefundDue(long rupiah) => _refundsDue.Add(rupiah);

    public void PaidBack(long rupiah) => _paidBack.Add(rupiah);

    public void Refused(string problem) => _refused.Add(1, new KeyValuePair<string, object?>("problem", problem));
}
