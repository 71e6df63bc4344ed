<#
.SYNOPSIS
Prints how long a call through Invoke-ApiChat takes beside Invoke-RestMethod with the same bytes, one by one and many at once.
.DESCRIPTION
The simulator runs in a process of its own. Invoke-RestMethod gets -WebSession, which keeps its connection (without it each call opens a new one);
it has no way to send many at once, so there it is ForEach-Object -Parallel's. The two run in turn, round by round; what counts is the ratio of the
medians. Needs PowerShell 7.
.PARAMETER Count
How many calls a round has.
.PARAMETER Round
How many rounds of each.
#>
[CmdletBinding()]
param([ValidateRange(1, 100000)] [int] $Count = 300, [ValidateRange(1, 100)] [int] $Round = 9)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$root = Split-Path $PSScriptRoot
$module = "$root/out/ApiTools"
. "$PSScriptRoot/SimulatorProcess.ps1"
Import-Module $module

function Get-Median([double[]] $Value) { ($Value | Sort-Object)[[int][Math]::Floor($Value.Count / 2)] }

# Each side in turn, the one that begins changing from round to round.
function Compare-Side([string] $Name, [int] $Count, [int] $Round, [scriptblock] $Ours, [scriptblock] $Theirs) {
    $times = @{ Ours = [Collections.Generic.List[double]]::new(); Theirs = [Collections.Generic.List[double]]::new() }
    & $Ours; & $Theirs
    foreach ($number in 1..$Round) {
        foreach ($side in $(if ($number % 2) { 'Ours', 'Theirs' } else { 'Theirs', 'Ours' })) {
            $watch = [Diagnostics.Stopwatch]::StartNew()
            & $(if ($side -eq 'Ours') { $Ours } else { $Theirs })
            $times[$side].Add($watch.Elapsed.TotalMilliseconds / $Count)
        }
    }
    $own, $other = (Get-Median $times.Ours), (Get-Median $times.Theirs)
    [pscustomobject]@{ What = $Name; 'Invoke-ApiChat ms' = [Math]::Round($own, 3); 'Invoke-RestMethod ms' = [Math]::Round($other, 3); Ratio = [Math]::Round($own / $other, 2) }
}

$simulator = Start-SimulatorProcess
try {
    Connect-ApiService -BaseUri $simulator.Uri -ApiKey $simulator.Key -Model gpt-4o
    $uri = "$($simulator.Uri.TrimEnd('/'))/chat/completions"
    $headers = @{ Authorization = "Bearer $($simulator.Key)" }
    $body = '{"model":"gpt-4o","messages":[{"role":"user","content":"How do I read a file line by line?"}]}'
    $call = @{ Uri = $uri; Method = 'Post'; Headers = $headers; Body = $body; ContentType = 'application/json' }
    $session = [Microsoft.PowerShell.Commands.WebRequestSession]::new()

    Compare-Side 'one by one' $Count $Round {
        for ($i = 0; $i -lt $Count; $i++) { $null = Invoke-ApiChat 'How do I read a file line by line?' }
    } {
        for ($i = 0; $i -lt $Count; $i++) { $null = Invoke-RestMethod @call -WebSession $session }
    }
    Compare-Side 'one by one through the pipeline' $Count $Round {
        $null = 1..$Count | ForEach-Object { 'How do I read a file line by line?' } | Invoke-ApiChat -ThrottleLimit 1
    } {
        $null = 1..$Count | ForEach-Object { Invoke-RestMethod @call -WebSession $session }
    }
    Compare-Side '64 at once' $Count $Round {
        $null = 1..$Count | ForEach-Object { 'How do I read a file line by line?' } | Invoke-ApiChat -ThrottleLimit 64
    } {
        $null = 1..$Count | ForEach-Object -Parallel { $call = $using:call; Invoke-RestMethod @call -WebSession $using:session } -ThrottleLimit 64
    }
}
finally {
    Stop-SimulatorProcess $simulator
}
