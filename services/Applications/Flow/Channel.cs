namespace Mpp.Applications.Flow;

/// <summary>How the citizen came (Perpres 89/2021).</summary>
internal enum Channel
{
    Counter,
    Mobile,
    Self,
    Electronic,
}

/// <summary>What allows somebody to file for the applicant.</summary>
internal enum Authority
{
    PowerOfAttorney,
    Agreement,
    Guardian,
    Family,
}
