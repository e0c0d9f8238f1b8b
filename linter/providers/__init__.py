"""What vendors of mail need in DNS, and how they are recognised: data with sources and dates, no judgement."""
