<#
.SYNOPSIS
Summarises each row of a CSV file, and writes the summaries beside it.
.DESCRIPTION
A script as one would schedule it. Which service, key and model it uses is in the environment: APITOOLS_BASE_URI, APITOOLS_API_KEY and
APITOOLS_MODEL. Its exit code is 0 where every row has a summary, 1 where an error ended it, 2 where some rows failed. It can be run again at any
time: what has been answered is in the journal beside the file, and is not paid for again.
.PARAMETER Path
The CSV file, with the columns Id and Body.
.EXAMPLE
./Export-Summary.ps1 tickets.csv
#>
[CmdletBinding()]
param([Parameter(Mandatory, Position = 0)] [string] $Path)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module ApiTools

Connect-ApiService
$job = @{
    Journal     = [IO.Path]::ChangeExtension($Path, 'jsonl')
    KeyProperty = 'Id'
    ErrorAction = 'Continue'
}
Import-Csv $Path |
    Invoke-ApiChat 'Summarise in one sentence: {Body}' @job -ErrorVariable failed |
    Select-Object CustomId, Content |
    Export-Csv ([IO.Path]::ChangeExtension($Path, 'summaries.csv')) -NoTypeInformation

if ($failed) { exit 2 }
