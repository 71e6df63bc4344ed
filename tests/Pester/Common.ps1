# What tests of several cmdlets share. Dot-sourced in their BeforeAll.
# Windows PowerShell prints no recommended action, so there the message carries it.
$inMessage = $PSVersionTable.PSEdition -eq 'Desktop'

function Start-TestService([object[]] $Fault = @(), [hashtable] $Option = @{}) {
    Start-ApiSimulator -Fault $Fault @Option
    Connect-ApiService -Simulator
}

function Get-Sent { (Get-ApiSimulatorRequest).Prompt }

function Assert-Failure($ErrorRecord, $Code, $Category, $Target, $Message, $Fix, $Cmdlet = 'InvokeApiChatCommand') {
    $ErrorRecord.FullyQualifiedErrorId | Should -BeExactly "$Code,ApiTools.Cmdlets.$Cmdlet"
    $ErrorRecord.CategoryInfo.Category | Should -Be $Category
    , $ErrorRecord.TargetObject | Should -BeExactly $Target
    if ($inMessage) { $Message += " Recommendation: $Fix" }
    $ErrorRecord.ErrorDetails.Message | Should -BeExactly $Message
    $ErrorRecord.ErrorDetails.RecommendedAction | Should -BeExactly $Fix
}

# Runs a command in a new process of the PowerShell at hand, and returns what it writes, errors too, as one text.
function Invoke-Fresh([string] $Command, [switch] $OnTerminal) {
    $program = @(if ($PSVersionTable.PSEdition -eq 'Desktop') { Join-Path $PSHOME 'powershell.exe' } else { [Environment]::ProcessPath })
    if ([IO.Path]::GetFileNameWithoutExtension($program[0]) -eq 'dotnet') { $program += [Environment]::GetCommandLineArgs()[0] }
    # Encoded, since quotes in an argument reach Windows PowerShell's child changed.
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes("`$ProgressPreference = 'SilentlyContinue'; $Command"))
    $name, $arguments = @($program) + '-NoProfile', '-NonInteractive', '-OutputFormat', 'Text', '-EncodedCommand', $encoded
    # script(1) of util-linux gives it a terminal.
    if ($OnTerminal) { $name, $arguments = 'script', @('-qec', "'$(@($name; $arguments) -join "' '")'", '/dev/null') }
    (& $name $arguments 2>&1 | Out-String).Trim()
}
